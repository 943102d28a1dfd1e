import { Anchor, Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconCheck, IconNote, IconPlayerPause, IconPlayerPlay, IconArrowBackUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { TierTag } from '~/features/contracting/deliverable-list';
import type { JobCardFragment } from '~/generated/graphql';
import { formatMoment, formatNumber } from '~/ui/format';
import { Row, Rows } from '~/ui/rows';
import { Tag } from '~/ui/tag';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import classes from './board.module.css';
import { CompleteDialog } from './complete-dialog';
import { LogDialog } from './log-dialog';
import { PAUSE_JOB, RESUME_JOB, START_JOB } from './operations';
import { ReturnDialog } from './return-dialog';
import { WorkClock } from './work-clock';

type Open = 'complete' | 'log' | 'return' | null;

/** The job I hold: what it is, how long I am at it, and every action within two presses. */
export function MyJobCard({ job }: { readonly job: JobCardFragment }) {
  const { t } = useTranslation('workshop');
  const [open, setOpen] = useState<Open>(null);
  const refetch = ['Section', 'MyJobs'];
  const start = useIntent(START_JOB, {
    refetch,
    done: () => toastDone(t('start.done', { number: job.number })),
  });
  const pause = useIntent(PAUSE_JOB, {
    refetch,
    done: () => toastDone(t('pause.done', { number: job.number })),
  });
  const resume = useIntent(RESUME_JOB, {
    refetch,
    done: () => toastDone(t('resume.done', { number: job.number })),
  });
  if (!job.claim) return null;
  const held = { jobId: job.id, fence: job.claim.fence };
  const close = (): void => setOpen(null);
  const play = <IconPlayerPlay size={24} aria-hidden />;
  return (
    <Card component="section" aria-labelledby={`job-${job.id}`} className={classes.mine}>
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Text size="sm" c="dimmed" className="cw-number">
            {t('job.mine', { number: job.number })}
          </Text>
          <Tag tone={job.state === 'running' ? 'go' : 'wait'}>{t(`state.${job.state}`)}</Tag>
        </Group>
        <div>
          <Title order={2} id={`job-${job.id}`}>
            {job.name}
          </Title>
          <Text>
            {t('job.what', {
              quantity: formatNumber(job.quantity),
              product: job.workOrder.productName,
              workCentre: job.workCentre.name,
            })}{' '}
            {job.workOrder.tier && <TierTag tier={job.workOrder.tier} />}
          </Text>
          <Text size="sm" c="dimmed" className={classes.reason}>
            {job.reason}
          </Text>
        </div>
        {job.instructions && <Text style={{ whiteSpace: 'pre-line' }}>{job.instructions}</Text>}
        {job.state !== 'claimed' && (
          <Group align="baseline" gap="sm">
            <WorkClock claim={job.claim} className={classes.clock} />
            <Text size="sm" c="dimmed">
              {t('job.planned', { minutes: job.plannedMinutes })}
            </Text>
          </Group>
        )}
        <div className={classes.actions}>
          {job.state === 'claimed' && (
            <Button
              className={classes.wide}
              size="lg"
              leftSection={play}
              loading={start.busy}
              onClick={() => void start.run(held)}
            >
              {t('start.button')}
            </Button>
          )}
          {job.state === 'paused' && (
            <Button
              className={classes.wide}
              size="lg"
              leftSection={play}
              loading={resume.busy}
              onClick={() => void resume.run(held)}
            >
              {t('resume.button')}
            </Button>
          )}
          {job.state === 'running' && (
            <>
              <Button
                className={classes.wide}
                size="lg"
                leftSection={<IconCheck size={24} aria-hidden />}
                onClick={() => setOpen('complete')}
              >
                {t('complete.button')}
              </Button>
              <Button
                variant="default"
                leftSection={<IconPlayerPause size={20} aria-hidden />}
                loading={pause.busy}
                onClick={() => void pause.run(held)}
              >
                {t('pause.button')}
              </Button>
            </>
          )}
          <Button
            variant="default"
            leftSection={<IconNote size={20} aria-hidden />}
            onClick={() => setOpen('log')}
          >
            {t('log.button')}
          </Button>
          <Button
            variant="subtle"
            color="gray"
            className={job.state === 'running' ? classes.wide : undefined}
            leftSection={<IconArrowBackUp size={20} aria-hidden />}
            onClick={() => setOpen('return')}
          >
            {t('return.button')}
          </Button>
        </div>
        {job.quantityGood + job.quantityScrapped > 0 && (
          <Text>
            {t('job.counted', {
              good: job.quantityGood,
              scrapped: job.quantityScrapped,
              quantity: job.quantity,
            })}
          </Text>
        )}
        {job.notes.length > 0 && (
          <Rows label={t('job.notes')}>
            {job.notes.map((note) => (
              <Row key={note.id}>
                <Text style={{ whiteSpace: 'pre-line' }}>{note.text}</Text>
                <Text size="sm" c="dimmed">
                  {note.authorName}, {formatMoment(note.writtenAt)}
                </Text>
              </Row>
            ))}
          </Rows>
        )}
        {job.workOrder.contractRef && (
          <Text size="sm">
            <Anchor component={Link} to={`/contracts/${job.workOrder.contractRef}`}>
              {t('job.contract', { ref: job.workOrder.contractRef })}
            </Anchor>
          </Text>
        )}
      </Stack>
      <CompleteDialog job={job} fence={held.fence} opened={open === 'complete'} close={close} />
      <LogDialog job={job} fence={held.fence} opened={open === 'log'} close={close} />
      <ReturnDialog job={job} fence={held.fence} opened={open === 'return'} close={close} />
    </Card>
  );
}

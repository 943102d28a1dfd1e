import { Text, Title } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { TierTag } from '~/features/contracting/deliverable-list';
import type { JobCardFragment } from '~/generated/graphql';
import { formatNumber } from '~/ui/format';
import { Tag } from '~/ui/tag';
import classes from './board.module.css';
import { WorkClock } from './work-clock';

interface JobColumnProps {
  readonly title: string;
  readonly empty: string;
  readonly jobs: readonly JobCardFragment[];
  readonly count: number;
}

/** Jobs in one situation, in their order. */
export function JobColumn({ title, empty, jobs, count }: JobColumnProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Title order={2} id={id} mb="xs">
        {title}{' '}
        <Text component="span" c="dimmed" inherit fw={400}>
          {formatNumber(count)}
        </Text>
      </Title>
      {jobs.length === 0 ? (
        <Text c="dimmed">{empty}</Text>
      ) : (
        <ol className={classes.jobs}>
          {jobs.map((job) => (
            <JobEntry key={job.id} job={job} />
          ))}
        </ol>
      )}
    </section>
  );
}

function JobEntry({ job }: { readonly job: JobCardFragment }) {
  const { t } = useTranslation('workshop');
  return (
    <li className={classes.job} data-state={job.state}>
      <div className={classes.line}>
        <span className={classes.name}>{job.name}</span>
        <Text component="span" size="sm" c="dimmed" className="cw-number">
          {job.number}
        </Text>
      </div>
      <Text size="sm" c="dimmed">
        {t('job.what', {
          quantity: formatNumber(job.quantity),
          product: job.workOrder.productName,
          workCentre: job.workCentre.name,
        })}{' '}
        {job.workOrder.tier && <TierTag tier={job.workOrder.tier} />}
      </Text>
      {job.claim ? (
        <div className={classes.line}>
          <Text component="span" size="sm" fw={600}>
            {t('job.by', { name: job.claim.maker.displayName })}
          </Text>
          <span>
            {job.state === 'running' ? (
              <WorkClock claim={job.claim} />
            ) : (
              <Tag tone={job.state === 'paused' ? 'wait' : 'plain'}>{t(`state.${job.state}`)}</Tag>
            )}
          </span>
        </div>
      ) : (
        <Text className={classes.reason}>{job.reason}</Text>
      )}
    </li>
  );
}

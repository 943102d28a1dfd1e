import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LIMITS } from '#kernel';
import type { JobCardFragment } from '~/generated/graphql';
import { Dialog, type DialogProps } from '~/ui/dialog';
import { FormFailure } from '~/ui/form-parts';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { LOG_JOB } from './operations';
import { Stepper } from './stepper';

interface JobDialogProps extends DialogProps {
  readonly job: JobCardFragment;
  readonly fence: number;
}

/** A note, a count so far, or both. */
export function LogDialog({ job, fence, opened, close }: JobDialogProps) {
  const { t } = useTranslation('workshop');
  const [note, setNote] = useState('');
  const [good, setGood] = useState(job.quantityGood);
  const [scrapped, setScrapped] = useState(job.quantityScrapped);
  const log = useIntent(LOG_JOB, {
    refetch: ['Section', 'MyJobs'],
    done: () => {
      toastDone(t('log.done', { number: job.number }));
      setNote('');
      close();
    },
    refused: () => true,
  });
  const counted = good !== job.quantityGood || scrapped !== job.quantityScrapped;
  const written = note.trim() !== '';
  const problem = good + scrapped > job.quantity ? t('log.tooMany', { quantity: job.quantity }) : undefined;
  return (
    <Dialog opened={opened} close={close} title={t('log.title', { number: job.number })}>
      <FormFailure failure={log.failure} />
      <Textarea
        label={t('note.label')}
        maxLength={LIMITS.noteCharsMax}
        minRows={3}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Stepper label={t('log.good')} value={good} max={job.quantity} onChange={setGood} error={problem} />
      <Stepper label={t('log.scrapped')} value={scrapped} max={job.quantity} onChange={setScrapped} />
      <Button
        size="lg"
        mih={60}
        loading={log.busy}
        disabled={(!written && !counted) || problem !== undefined}
        onClick={() =>
          void log.run({
            jobId: job.id,
            fence,
            ...(written && { note }),
            ...(counted && { quantityGood: good, quantityScrapped: scrapped }),
          })
        }
      >
        {t('log.confirm')}
      </Button>
    </Dialog>
  );
}

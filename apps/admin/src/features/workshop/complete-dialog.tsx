import { Button, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobCardFragment } from '~/generated/graphql';
import { Dialog, type DialogProps } from '~/ui/dialog';
import { FormFailure } from '~/ui/form-parts';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { COMPLETE_JOB } from './operations';
import { Stepper } from './stepper';

interface JobDialogProps extends DialogProps {
  readonly job: JobCardFragment;
  readonly fence: number;
}

/** Good and scrapped always make up the whole quantity: setting one sets the other. */
export function CompleteDialog({ job, fence, opened, close }: JobDialogProps) {
  const { t } = useTranslation('workshop');
  const [scrapped, setScrapped] = useState(job.quantityScrapped);
  const [note, setNote] = useState('');
  const good = job.quantity - scrapped;
  const complete = useIntent(COMPLETE_JOB, {
    refetch: ['Section', 'MyJobs'],
    done: () => {
      toastDone(t('complete.done', { number: job.number, good, quantity: job.quantity }));
      close();
    },
    refused: () => true,
  });
  return (
    <Dialog opened={opened} close={close} title={t('complete.title', { number: job.number })}>
      <FormFailure failure={complete.failure} />
      <Text>{t('complete.what', { count: job.quantity })}</Text>
      <Stepper
        label={t('complete.good')}
        value={good}
        max={job.quantity}
        onChange={(next) => setScrapped(job.quantity - next)}
      />
      <Stepper label={t('complete.scrapped')} value={scrapped} max={job.quantity} onChange={setScrapped} />
      <Textarea
        label={t('note.optional')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Button
        size="lg"
        mih={60}
        loading={complete.busy}
        onClick={() =>
          void complete.run({
            jobId: job.id,
            fence,
            quantityGood: good,
            quantityScrapped: scrapped,
            ...(note.trim() !== '' && { note }),
          })
        }
      >
        {t('complete.confirm')}
      </Button>
    </Dialog>
  );
}

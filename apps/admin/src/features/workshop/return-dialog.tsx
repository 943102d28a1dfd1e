import { Button, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobCardFragment } from '~/generated/graphql';
import { Dialog, type DialogProps } from '~/ui/dialog';
import { FormFailure } from '~/ui/form-parts';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { RETURN_JOB } from './operations';

interface JobDialogProps extends DialogProps {
  readonly job: JobCardFragment;
  readonly fence: number;
}

/** Giving a job back is no failure; a line for the next maker helps. */
export function ReturnDialog({ job, fence, opened, close }: JobDialogProps) {
  const { t } = useTranslation('workshop');
  const [note, setNote] = useState('');
  const giveBack = useIntent(RETURN_JOB, {
    refetch: ['Section', 'MyJobs'],
    done: () => {
      toastDone(t('return.done', { number: job.number }));
      close();
    },
    refused: () => true,
  });
  return (
    <Dialog opened={opened} close={close} title={t('return.title', { number: job.number })}>
      <FormFailure failure={giveBack.failure} />
      <Text>{t('return.what')}</Text>
      <Textarea
        label={t('return.note')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Button
        size="lg"
        mih={60}
        loading={giveBack.busy}
        onClick={() => void giveBack.run({ jobId: job.id, fence, ...(note.trim() !== '' && { note }) })}
      >
        {t('return.confirm')}
      </Button>
    </Dialog>
  );
}

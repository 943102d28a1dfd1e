import { Button, Text } from '@mantine/core';
import { IconPlayerTrackNext } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import classes from './board.module.css';
import { TAKE_NEXT_JOB } from './operations';

/** The one big button. The server chooses, and says why. */
export function TakeNext({ sectionId, ready }: { readonly sectionId: string; readonly ready: number }) {
  const { t } = useTranslation('workshop');
  const [none, setNone] = useState<string | null>(null);
  const take = useIntent(TAKE_NEXT_JOB, {
    refetch: ['Section', 'MyJobs'],
    done: ({ takeNextJob: { job, reason } }) => {
      setNone(job ? null : reason);
      if (job) toastDone(t('take.done', { number: job.number, reason }));
    },
  });
  return (
    <>
      {none && (
        <Text role="status" fw={600}>
          {none}
        </Text>
      )}
      <div className={classes.take}>
        <Button
          fullWidth
          loading={take.busy}
          leftSection={<IconPlayerTrackNext size={26} aria-hidden />}
          onClick={() => void take.run({ sectionId })}
        >
          {t('take.button')}
        </Button>
      </div>
      {ready === 0 && !none && <Text c="dimmed">{t('take.nothingReady')}</Text>}
    </>
  );
}

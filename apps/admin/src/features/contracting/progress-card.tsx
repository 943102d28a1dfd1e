import { useQuery } from '@apollo/client/react';
import { Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Loaded, ListSkeleton } from '~/ui/loaded';
import { SectionCard } from '~/ui/section-card';
import { CONTRACT_PROGRESS } from './operations';

const POLL_MILLISECONDS = 30_000;

/** How far the workshop is. Jobs tell nobody outside of their section, so this asks now and then. */
export function ProgressCard({ refName }: { readonly refName: string }) {
  const { t } = useTranslation('contracting');
  const query = useQuery(CONTRACT_PROGRESS, { variables: { ref: refName }, pollInterval: POLL_MILLISECONDS });
  return (
    <SectionCard title={t('progress.title')}>
      <Loaded query={query} skeleton={<ListSkeleton rows={1} height={56} />}>
        {({ contractProgress: progress }) => (
          <Stack gap="xs">
            <Progress
              value={progress.jobsTotal === 0 ? 0 : (100 * progress.jobsDone) / progress.jobsTotal}
              size="lg"
              radius="xl"
              aria-label={t('progress.title')}
            />
            <Text>{t('progress.jobs', { done: progress.jobsDone, total: progress.jobsTotal })}</Text>
            <Text size="sm" c="dimmed">
              {t('progress.units', { done: progress.unitsDone, total: progress.unitsTotal })}
            </Text>
          </Stack>
        )}
      </Loaded>
    </SectionCard>
  );
}

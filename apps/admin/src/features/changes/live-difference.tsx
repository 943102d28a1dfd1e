import { useQuery } from '@apollo/client/react';
import { Card, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { InputCheck } from '#kernel';
import { checkDraft, inputOf, type DraftValues } from '~/features/contracting/draft-form';
import { failureOf } from '~/ui/failure';
import { DifferenceList } from './difference-list';
import { AMENDMENT_PREVIEW } from './operations';

const PAUSE_MILLISECONDS = 500;

/** What is different so far, in the words that everybody will read, or why it cannot be so. */
export function LiveDifference({
  contractId,
  values,
}: {
  readonly contractId: string;
  readonly values: DraftValues;
}) {
  const { t } = useTranslation('changes');
  const [settled] = useDebouncedValue(values, PAUSE_MILLISECONDS);
  const check = new InputCheck();
  checkDraft(check, settled);
  const isWhole = check.problems.length === 0;
  const { data, previousData, error } = useQuery(AMENDMENT_PREVIEW, {
    variables: { input: { ...inputOf(settled), contractId } },
    skip: !isWhole,
    fetchPolicy: 'no-cache',
  });
  const changes = (data ?? previousData)?.amendmentPreview;
  const failure = error ? failureOf(error) : null;
  return (
    <Card>
      <Title order={2} size="h3" mb={4}>
        {t('difference.title')}
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        {t('difference.hint')}
      </Text>
      <div aria-live="polite">
        {!isWhole && <Text c="dimmed">{t('difference.unfinished')}</Text>}
        {isWhole && failure && <Text>{failure.message}</Text>}
        {isWhole && !failure && changes && <DifferenceList changes={changes} />}
      </div>
    </Card>
  );
}

import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { rhythmWords } from '~/features/contracting/schedule-words';
import type { ContractShown } from '~/features/contracting/use-contract';
import { formatAmount } from '~/ui/format';
import { Row, Rows } from '~/ui/rows';

type Line = ContractShown['terminations'][number]['settlement'][number];

/** For each supporter: how much is repaid, forgiven, and stays due, and by which plan. */
export function SettlementList({
  contract,
  lines,
}: {
  readonly contract: ContractShown;
  readonly lines: readonly Line[];
}) {
  const { t } = useTranslation(['changes', 'obligations']);
  const { t: schedules } = useTranslation('obligations');
  if (lines.length === 0) return <Text c="dimmed">{t('end.nothingOwed')}</Text>;
  const nameOf = (id: string): string =>
    contract.pledges.find((pledge) => pledge.id === id)?.community.name ?? '';
  return (
    <Rows label={t('end.settlement')}>
      {lines.map((line) => (
        <Row key={line.pledgeId}>
          <Stack gap={2}>
            <Text fw={600}>
              {t('end.owedTo', { amount: formatAmount(line.owed), community: nameOf(line.pledgeId) })}
            </Text>
            {(['repaid', 'forgiven', 'due'] as const)
              .filter((part) => line[part].amountMinor !== '0')
              .map((part) => (
                <Text key={part} className="cw-number">
                  {t(`end.part.${part}`, { amount: formatAmount(line[part]) })}
                </Text>
              ))}
            {line.plan && (
              <Text size="sm" c="dimmed">
                {rhythmWords(schedules, line.plan)}.
              </Text>
            )}
          </Stack>
        </Row>
      ))}
    </Rows>
  );
}

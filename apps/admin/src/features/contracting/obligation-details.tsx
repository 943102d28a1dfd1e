import { Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ContributionList } from '~/features/instruments/contribution-list';
import { Facts } from '~/ui/facts';
import { formatAmount, formatDay } from '~/ui/format';
import { AgreedFigure, Figure } from './figure';
import classes from './obligation-details.module.css';
import { PledgeHistory, type Payments } from './pledge-history';
import type { ContractShown, PledgeShown } from './use-contract';

interface ObligationDetailsProps {
  readonly contract: ContractShown;
  readonly pledge: PledgeShown;
  readonly payments: Payments;
}

const SUMS = ['owed', 'interest', 'repaid', 'forgiven', 'outstanding', 'waived'] as const;

/** The sums, the schedule and the history of a pledge, one touch away. */
export function ObligationDetails({ contract, pledge, payments }: ObligationDetailsProps) {
  const { t } = useTranslation('obligations');
  const { obligation } = pledge;
  if (pledge.contribution !== 'money') {
    return (
      <details className={classes.details}>
        <summary>{t('pledge.details')}</summary>
        <Stack gap="md" pt="xs">
          <ContributionList pledge={pledge} />
          {obligation.events.length > 0 && (
            <PledgeHistory contract={contract} pledge={pledge} payments={payments} />
          )}
        </Stack>
      </details>
    );
  }
  const always: readonly string[] = ['owed', 'repaid'];
  const sums = SUMS.filter((name) => always.includes(name) || obligation[name].amountMinor !== '0');
  return (
    <details className={classes.details}>
      <summary>{t('pledge.details')}</summary>
      <Stack gap="md" pt="xs">
        <Facts
          rows={sums.map((name) => [
            t(`facts.${name}`),
            <Figure
              key={name}
              contract={contract}
              amount={obligation[name]}
              figure={name}
              supporter={pledge.community.slug}
            />,
          ])}
        />
        {obligation.instalments.length > 0 ? (
          <Instalments contract={contract} pledge={pledge} />
        ) : (
          <Text size="sm" c="dimmed">
            {t('instalments.none')}
          </Text>
        )}
        <PledgeHistory contract={contract} pledge={pledge} payments={payments} />
      </Stack>
    </details>
  );
}

function Instalments({
  contract,
  pledge,
}: {
  readonly contract: ContractShown;
  readonly pledge: PledgeShown;
}) {
  const { t } = useTranslation('obligations');
  return (
    <Table horizontalSpacing={4} fz="sm" captionSide="top" className="cw-number">
      <Table.Caption ta="left">
        <AgreedFigure contract={contract}>
          {t('instalments.title', { community: pledge.community.name })}
        </AgreedFigure>
      </Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('instalments.dueOn')}</Table.Th>
          <Table.Th scope="col" ta="right">
            {t('instalments.amount')}
          </Table.Th>
          <Table.Th scope="col" ta="right">
            {t('instalments.open')}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {pledge.obligation.instalments.map((each) => (
          <Table.Tr key={each.number}>
            <Table.Th scope="row" fw={400}>
              {formatDay(each.dueOn)}
            </Table.Th>
            <Table.Td ta="right">{formatAmount(each.amount)}</Table.Td>
            <Table.Td ta="right">{formatAmount(each.open)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ContractDetailsFragment } from '~/generated/graphql';
import { formatMoment } from '~/ui/format';
import { Row, Rows } from '~/ui/rows';
import { SectionCard } from '~/ui/section-card';
import { Tag } from '~/ui/tag';
import { acceptanceOf, partiesOf } from './parties';

/** Who is bound, and who has accepted the very release that is published. */
export function PartiesCard({ contract }: { readonly contract: ContractDetailsFragment }) {
  const { t } = useTranslation(['contracting', 'common']);
  const draft = contract.state === 'draft';
  return (
    <SectionCard title={t('parties.title')} hint={draft ? t('parties.hintDraft') : t('parties.hint')}>
      <Rows>
        {partiesOf(contract).map((party) => {
          const acceptance = acceptanceOf(contract, party.id);
          return (
            <Row
              key={party.id}
              end={
                !draft && (
                  <Tag tone={acceptance ? 'go' : 'wait'}>
                    {acceptance ? t('parties.accepted') : t('parties.waiting')}
                  </Tag>
                )
              }
            >
              <Text fw={600}>{party.name}</Text>
              <Text size="sm" c="dimmed">
                {party.id === contract.fablab.id ? t('parties.makes') : t('parties.receives')}
                {acceptance &&
                  ` · ${t('parties.acceptedBy', {
                    number: acceptance.releaseNumber,
                    role: t(`role.${acceptance.role}`, { ns: 'common' }),
                    when: formatMoment(acceptance.acceptedAt),
                  })}`}
              </Text>
            </Row>
          );
        })}
      </Rows>
      {contract.currentRelease && (
        <Text size="sm" c="dimmed" mt="md">
          {t('parties.hash', { number: contract.currentRelease.number })}{' '}
          <span className="cw-mono">{contract.currentRelease.sha256}</span>
        </Text>
      )}
    </SectionCard>
  );
}

import { Anchor, Group, Text } from '@mantine/core';
import { IconExternalLink, IconFileCode, IconFileTypePdf } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ContractDetailsFragment } from '~/generated/graphql';
import { formatMoment } from '~/ui/format';
import { Row, Rows } from '~/ui/rows';
import { SectionCard } from '~/ui/section-card';

const FORMS = [
  ['page', '', IconExternalLink],
  ['json', '.json', IconFileCode],
  ['pdf', '.pdf', IconFileTypePdf],
] as const;

/** What everyone can read and check without an account. */
export function RecordCard({ contract }: { readonly contract: ContractDetailsFragment }) {
  const { t } = useTranslation(['contracting', 'changes']);
  if (contract.releases.length === 0) {
    return (
      <SectionCard title={t('record.title')}>
        <Text c="dimmed">{t('record.draft')}</Text>
      </SectionCard>
    );
  }
  return (
    <SectionCard title={t('record.title')} hint={t('record.hint')}>
      <Group gap="lg" mb="md">
        {FORMS.map(([name, suffix, Icon]) => (
          <Anchor
            key={name}
            href={`/registry/contracts/${contract.ref}${suffix}`}
            style={{ display: 'inline-flex', gap: 6, alignItems: 'center', minHeight: 32 }}
          >
            <Icon size={18} aria-hidden />
            {t(`record.${name}`)}
          </Anchor>
        ))}
      </Group>
      <Rows label={t('record.releases')}>
        {contract.releases.map((release) => (
          <Row key={release.number}>
            <Text fw={600}>
              {t('record.release', { number: release.number, when: formatMoment(release.publishedAt) })}
            </Text>
            {release.amends !== null && (
              <Text size="sm">
                {t('changes:history.what', {
                  status: t(`changes:status.${release.status}`),
                  community: release.proposedBy?.name,
                  reason: release.reason,
                })}
                {release.declineReason !== null &&
                  ` ${t('changes:history.declined', { community: release.declinedBy?.name, reason: release.declineReason })}`}
              </Text>
            )}
            <Text size="sm" c="dimmed" className="cw-mono">
              SHA-256 {release.sha256}
            </Text>
          </Row>
        ))}
      </Rows>
    </SectionCard>
  );
}

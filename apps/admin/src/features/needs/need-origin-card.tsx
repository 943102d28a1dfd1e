import { useQuery } from '@apollo/client/react';
import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { SectionCard } from '~/ui/section-card';
import { NEED_OF_CONTRACT } from './operations';

/** The way back from a contract to the need from which it started; nothing for one that started otherwise. */
export function NeedOriginCard({ refName }: { readonly refName: string }) {
  const { t } = useTranslation('needs');
  const { data } = useQuery(NEED_OF_CONTRACT, { variables: { ref: refName } });
  const need = data?.contract?.need;
  if (!need) return null;
  return (
    <SectionCard title={t('origin.title')}>
      <Anchor component={Link} to={`/needs/${need.id}`}>
        {need.title}
      </Anchor>
      <Text c="dimmed">{t('origin.of', { community: need.community.name, quantity: need.quantity })}</Text>
    </SectionCard>
  );
}

import { NativeSelect, Text, type NativeSelectProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OwnCommunity } from '~/features/identity/use-viewer';

/** For which community somebody speaks: a sentence where there is but one. */
export function CommunitySelect({
  communities,
  ...input
}: Omit<NativeSelectProps, 'data'> & { readonly communities: readonly OwnCommunity[] }) {
  const { t } = useTranslation('changes');
  const [only] = communities;
  if (communities.length === 1) return <Text>{t('speaksFor', { community: only?.name })}</Text>;
  return (
    <NativeSelect
      label={t('for')}
      data={communities.map((each) => ({ value: each.id, label: each.name }))}
      {...input}
    />
  );
}

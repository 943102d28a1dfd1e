import { Button, Center } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from './failure';
import { toastRefused } from './toast';

interface MoreButtonProps {
  readonly page: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
  readonly fetchMore: (options: { variables: { after: string | null | undefined } }) => Promise<unknown>;
}

/** Brings the next page of a connection; nothing when this was the last. */
export function MoreButton({ page, fetchMore }: MoreButtonProps) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  if (!page.hasNextPage) return null;
  const more = async (): Promise<void> => {
    setBusy(true);
    try {
      await fetchMore({ variables: { after: page.endCursor } });
    } catch (error) {
      toastRefused(failureOf(error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Center mt="md">
      <Button variant="default" loading={busy} onClick={() => void more()}>
        {t('more')}
      </Button>
    </Center>
  );
}

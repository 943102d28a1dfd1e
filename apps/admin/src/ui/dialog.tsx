import { Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export interface DialogProps {
  readonly opened: boolean;
  readonly close: () => void;
}

/** A question in front of the page; it covers a phone's screen only as far as it needs. */
export function Dialog({
  opened,
  close,
  title,
  children,
}: DialogProps & { readonly title: string; readonly children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={title}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
      // Mantine's header element would count as a second banner of the page.
      attributes={{ header: { role: 'presentation' } }}
    >
      <Stack>{children}</Stack>
    </Modal>
  );
}

import { notifications } from '@mantine/notifications';
import { i18next } from '~/app/i18n';

/** Says what happened. */
export function toastDone(message: string): void {
  notifications.show({
    message,
    color: 'bench',
    withBorder: true,
    closeButtonProps: { 'aria-label': i18next.t('close') },
  });
}

/** Says what did not happen, and stays until it was read. */
export function toastRefused(message: string): void {
  notifications.show({
    title: i18next.t('error.notDone'),
    message,
    color: 'brick',
    withBorder: true,
    autoClose: 12_000,
    closeButtonProps: { 'aria-label': i18next.t('close') },
  });
}

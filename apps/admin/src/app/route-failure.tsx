import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { Page } from '~/ui/page';

/** A part of the app that could not be fetched (a new release, a lost connection) or that failed. */
export function RouteFailure() {
  const { t } = useTranslation();
  const error = useRouteError();
  console.error(error);
  return (
    <Page title={t('error.pageTitle')} lead={t('error.pageLead')} width="narrow">
      <Group>
        <Button onClick={() => location.reload()}>{t('error.reload')}</Button>
      </Group>
    </Page>
  );
}

import { useMutation, useQuery } from '@apollo/client/react';
import { Card, Stack, Switch, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MailKind } from '~/generated/graphql';
import { failureOf } from '~/ui/failure';
import { Loaded } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { toastRefused } from '~/ui/toast';
import { CHANGE_MAIL_SETTING, MAILS, MAIL_SETTINGS } from './operations';

/** A switch for each kind of mail; what is switched off is not written at all. */
export function MailSettingsPage() {
  const { t } = useTranslation('mail');
  const query = useQuery(MAIL_SETTINGS, { fetchPolicy: 'cache-and-network' });
  const mails = useQuery(MAILS);
  const [change, { loading }] = useMutation(CHANGE_MAIL_SETTING, {
    refetchQueries: [MAIL_SETTINGS],
    awaitRefetchQueries: true,
  });
  const turn = async (kind: MailKind, isOn: boolean): Promise<void> => {
    try {
      await change({ variables: { input: { kind, isOn } } });
    } catch (error) {
      toastRefused(failureOf(error).message);
    }
  };
  return (
    <Page
      title={t('settings.title')}
      lead={t('settings.lead')}
      width="narrow"
      crumbs={[{ label: t('title'), to: '/mail' }]}
    >
      <Loaded query={query}>
        {({ mailSettings }) => (
          <Card>
            <Stack gap="lg">
              {mailSettings.map(({ kind, isOn }) => (
                <Switch
                  key={kind}
                  size="md"
                  checked={isOn}
                  disabled={loading}
                  label={t(`kind.${kind}`)}
                  description={t(`settings.${kind}`)}
                  onChange={(event) => void turn(kind, event.currentTarget.checked)}
                />
              ))}
              {mails.data && (
                <Text size="sm" c="dimmed">
                  {mails.data.mailLeaves ? t('settings.leaves') : t('settings.stays')}
                </Text>
              )}
            </Stack>
          </Card>
        )}
      </Loaded>
    </Page>
  );
}

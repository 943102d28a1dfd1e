import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Card, Stack, Text } from '@mantine/core';
import { IconMailOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { EmptyState } from '~/ui/empty-state';
import { failureOf } from '~/ui/failure';
import { Loaded } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { toastRefused } from '~/ui/toast';
import { MAIL_UNSUBSCRIPTION, UNSUBSCRIBE_FROM_MAIL } from './operations';

/** What the link in a mail opens, for anybody who holds it: one sentence and one button, without signing in. */
export function UnsubscribePage() {
  const { t } = useTranslation('mail');
  const { token = '' } = useParams();
  const query = useQuery(MAIL_UNSUBSCRIPTION, { variables: { token } });
  const [unsubscribe, { data, loading }] = useMutation(UNSUBSCRIBE_FROM_MAIL);
  const leave = async (): Promise<void> => {
    try {
      await unsubscribe({ variables: { input: { token } } });
    } catch (error) {
      toastRefused(failureOf(error).message);
    }
  };
  return (
    <Page title={t('unsubscribe.title')} width="narrow">
      <Loaded query={query}>
        {({ mailUnsubscription: { kind } }) =>
          data ? (
            <EmptyState icon={IconMailOff} title={t('unsubscribe.doneTitle')}>
              {t('unsubscribe.done', { kind: t(`kind.${kind}`) })}
            </EmptyState>
          ) : (
            <Card>
              <Stack>
                <Text size="lg">{t('unsubscribe.sentence', { kind: t(`kind.${kind}`) })}</Text>
                <Text c="dimmed" size="sm">
                  {t(`settings.${kind}`)}
                </Text>
                <Button h={48} loading={loading} onClick={() => void leave()}>
                  {t('unsubscribe.action')}
                </Button>
              </Stack>
            </Card>
          )
        }
      </Loaded>
    </Page>
  );
}

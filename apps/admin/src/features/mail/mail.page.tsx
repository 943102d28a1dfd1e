import { useQuery } from '@apollo/client/react';
import { SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DEMO_PEOPLE } from '~/features/identity/operations';
import { LinkButton } from '~/ui/link-button';
import { Loaded } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { MailList } from './mail-list';
import { DEMO_MAILS, MAILS } from './operations';

/** What the system wrote to this person; in the demo also what it wrote to the story's other people. */
export function MailPage() {
  const { t } = useTranslation('mail');
  const [whose, setWhose] = useState('own');
  const demo = useQuery(DEMO_PEOPLE);
  const isDemo = (demo.data?.demoPeople.length ?? 0) > 0;
  return (
    <Page
      title={t('title')}
      width="narrow"
      actions={
        <LinkButton to="/mail/settings" variant="default" h={48}>
          {t('settings.title')}
        </LinkButton>
      }
    >
      <Stack>
        {isDemo && (
          <SegmentedControl
            aria-label={t('whose')}
            value={whose}
            onChange={setWhose}
            data={[
              { value: 'own', label: t('own') },
              { value: 'all', label: t('all') },
            ]}
          />
        )}
        {isDemo && whose === 'all' ? <DemoMails /> : <OwnMails />}
      </Stack>
    </Page>
  );
}

function OwnMails() {
  const query = useQuery(MAILS, { fetchPolicy: 'cache-and-network' });
  return (
    <Loaded query={query}>
      {({ mails }) => <MailList mails={mails.nodes} page={mails.pageInfo} fetchMore={query.fetchMore} />}
    </Loaded>
  );
}

function DemoMails() {
  const query = useQuery(DEMO_MAILS, { fetchPolicy: 'cache-and-network' });
  return (
    <Loaded query={query}>
      {({ demoMails: mails }) => (
        <MailList mails={mails.nodes} page={mails.pageInfo} fetchMore={query.fetchMore} withRecipient />
      )}
    </Loaded>
  );
}

import { Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MailLineFragment } from '~/generated/graphql';
import { EmptyState } from '~/ui/empty-state';
import { formatMoment } from '~/ui/format';
import { LinkButton } from '~/ui/link-button';
import { MoreButton } from '~/ui/more-button';
import { Tag } from '~/ui/tag';

interface MailListProps {
  readonly mails: readonly MailLineFragment[];
  readonly page: Parameters<typeof MoreButton>[0]['page'];
  readonly fetchMore: Parameters<typeof MoreButton>[0]['fetchMore'];
  /** Where mails of several people stand in one list. */
  readonly withRecipient?: boolean;
}

/** Mails as they were written, each with the way to what it is about. */
export function MailList({ mails, page, fetchMore, withRecipient = false }: MailListProps) {
  const { t } = useTranslation('mail');
  if (mails.length === 0) {
    return (
      <EmptyState icon={IconMail} title={t('empty.title')}>
        {t('empty.text')}
      </EmptyState>
    );
  }
  return (
    <>
      <Stack gap="md">
        {mails.map((mail) => (
          <Card key={mail.id} component="article" aria-labelledby={`mail-${mail.id}`}>
            <Stack gap="xs">
              <Group justify="space-between" gap="xs">
                <Text size="sm" c="dimmed">
                  {withRecipient
                    ? t('to', { name: mail.recipient.displayName, moment: formatMoment(mail.createdAt) })
                    : formatMoment(mail.createdAt)}
                </Text>
                <Tag tone={mail.state === 'failed' ? 'stop' : 'plain'}>
                  {mail.state === 'failed' ? t('failed') : t(`kind.${mail.kind}`)}
                </Tag>
              </Group>
              <Title order={2} size="h3" id={`mail-${mail.id}`}>
                {mail.subject}
              </Title>
              <Text style={{ whiteSpace: 'pre-line' }}>{mail.body}</Text>
              <div>
                <LinkButton to={mail.path} variant="default" h={48}>
                  {t('go')}
                </LinkButton>
              </div>
            </Stack>
          </Card>
        ))}
      </Stack>
      <MoreButton page={page} fetchMore={fetchMore} />
    </>
  );
}

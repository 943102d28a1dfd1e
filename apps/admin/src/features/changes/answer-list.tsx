import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatMoment } from '~/ui/format';
import { Row, Rows } from '~/ui/rows';
import { Tag } from '~/ui/tag';

export interface Answer {
  readonly community: { readonly id: string; readonly name: string };
  readonly acceptedAt?: string | null;
}

/** Whose yes it takes, and who has said it. */
export function AnswerList({ answers }: { readonly answers: readonly Answer[] }) {
  const { t } = useTranslation('changes');
  return (
    <Rows label={t('answers.title')}>
      {answers.map(({ community, acceptedAt }) => (
        <Row
          key={community.id}
          end={
            <Tag tone={acceptedAt ? 'go' : 'wait'}>
              {acceptedAt ? t('answers.yes') : t('answers.waiting')}
            </Tag>
          }
        >
          <Text fw={600}>{community.name}</Text>
          {acceptedAt && (
            <Text size="sm" c="dimmed">
              {formatMoment(acceptedAt)}
            </Text>
          )}
        </Row>
      ))}
    </Rows>
  );
}

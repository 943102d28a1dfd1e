import { useQuery } from '@apollo/client/react';
import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { NotFoundPage } from '~/app/not-found.page';
import type { NeedLineFragment, NeedQuery } from '~/generated/graphql';
import { ContractStateTag } from '~/features/contracting/state-tag';
import { Facts } from '~/ui/facts';
import { formatDay, formatMoment } from '~/ui/format';
import { LinkButton } from '~/ui/link-button';
import { Loaded, PageSkeleton } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { Row, Rows } from '~/ui/rows';
import { SectionCard } from '~/ui/section-card';
import { AnswerDialog } from './answer-dialog';
import { CloseNeedDialog } from './close-need-dialog';
import { bringsInWords } from './need-facts';
import { NEED } from './operations';
import { AnswerKindTag, NeedStateTag } from './state-tag';

export function NeedPage() {
  const { id = '' } = useParams();
  const query = useQuery(NEED, { variables: { id }, fetchPolicy: 'cache-and-network' });
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {({ need }) => (need ? <NeedView need={need} /> : <NotFoundPage />)}
    </Loaded>
  );
}

function NeedView({ need }: { readonly need: NonNullable<NeedQuery['need']> }) {
  const { t } = useTranslation('needs');
  return (
    <Page
      title={need.title}
      kicker={
        <Group gap="xs">
          {t('by', { community: need.community.name, place: need.place })} <NeedStateTag state={need.state} />
        </Group>
      }
      lead={<span style={{ whiteSpace: 'pre-line' }}>{need.purpose}</span>}
      crumbs={[{ label: t('title'), to: '/needs' }]}
    >
      <Stack gap="lg">
        <SectionCard title={t('now.title')}>
          <Stack gap="md">
            <Text>{t(`now.${need.state}`, { community: need.community.name })}</Text>
            {need.contracts.length > 0 && (
              <Rows label={t('contracts')}>
                {need.contracts.map((contract) => (
                  <Row key={contract.ref} end={<ContractStateTag state={contract.state} />}>
                    <Anchor component={Link} to={`/contracts/${contract.ref}`}>
                      {contract.title}
                    </Anchor>
                  </Row>
                ))}
              </Rows>
            )}
            <NeedActions need={need} />
          </Stack>
        </SectionCard>
        <SectionCard title={t('facts.title')}>
          <Facts
            rows={[
              [t('facts.quantity'), need.quantity],
              [t('facts.wantedBy'), need.wantedBy ? formatDay(need.wantedBy) : t('noDay')],
              [t('facts.place'), need.place],
              [t('facts.brings'), bringsInWords(need)],
              [t('facts.posted'), formatMoment(need.postedAt)],
              ...(need.closeReason ? [[t('facts.closed'), need.closeReason] as const] : []),
            ]}
          />
        </SectionCard>
        <AnswersCard need={need} />
      </Stack>
    </Page>
  );
}

function NeedActions({ need }: { readonly need: NeedLineFragment }) {
  const { t } = useTranslation('needs');
  const [dialog, setDialog] = useState<'answer' | 'close' | null>(null);
  const close = (): void => setDialog(null);
  const can = (deed: string): boolean => need.viewerCan.includes(deed);
  if (need.viewerCan.length === 0) return null;
  return (
    <>
      <Group gap="sm">
        {can('draftContract') && <LinkButton to={`/contracts/new?need=${need.id}`}>{t('draft')}</LinkButton>}
        {can('answerNeed') && (
          <Button variant={can('draftContract') ? 'default' : 'filled'} onClick={() => setDialog('answer')}>
            {t('answer.button')}
          </Button>
        )}
        {can('updateNeed') && (
          <LinkButton to={`/needs/${need.id}/edit`} variant="default">
            {t('edit.button')}
          </LinkButton>
        )}
        {can('closeNeed') && (
          <Button variant="subtle" color="brick" onClick={() => setDialog('close')}>
            {t('close.button')}
          </Button>
        )}
      </Group>
      {can('answerNeed') && <AnswerDialog need={need} opened={dialog === 'answer'} close={close} />}
      {can('closeNeed') && <CloseNeedDialog need={need} opened={dialog === 'close'} close={close} />}
    </>
  );
}

function AnswersCard({ need }: { readonly need: NeedLineFragment }) {
  const { t } = useTranslation('needs');
  return (
    <SectionCard title={t('answersTitle')} hint={t('answersHint')}>
      {need.answers.length === 0 ? (
        <Text c="dimmed">{t('noAnswers')}</Text>
      ) : (
        <Rows label={t('answersTitle')}>
          {need.answers.map((answer) => (
            <Row key={answer.id}>
              <Group gap="xs" justify="space-between">
                <Text fw={600}>{answer.fablab.name}</Text>
                <AnswerKindTag kind={answer.kind} isCurrent={answer.isCurrent} />
              </Group>
              <Text style={{ whiteSpace: 'pre-line' }}>{answer.reason}</Text>
              {answer.condition && <Text>{t('takes', { condition: answer.condition })}</Text>}
              <Text size="sm" c="dimmed">
                {formatMoment(answer.answeredAt)}
                {!answer.isCurrent && ` · ${t('earlier')}`}
                {answer.needRevision < need.revision && ` · ${t('earlierWording')}`}
              </Text>
            </Row>
          ))}
        </Rows>
      )}
    </SectionCard>
  );
}

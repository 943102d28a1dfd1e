import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContractShown } from '~/features/contracting/use-contract';
import { communitiesOf, useViewer } from '~/features/identity/use-viewer';
import { formatMoment } from '~/ui/format';
import { Row, Rows } from '~/ui/rows';
import { SectionCard } from '~/ui/section-card';
import { AnswerList } from './answer-list';
import { ACCEPT_TERMINATION, DECLINE_TERMINATION, WITHDRAW_TERMINATION } from './operations';
import { NoDialog, YesDialog } from './say-dialog';
import { SettlementList } from './settlement-list';

type Termination = ContractShown['terminations'][number];

/** A proposal to end the contract, or how it was ended; and what was proposed before. */
export function TerminationCard({ contract }: { readonly contract: ContractShown }) {
  const { t } = useTranslation('changes');
  const { terminations } = contract;
  const shown = terminations.find(({ state }) => state === 'proposed' || state === 'agreed');
  const past = terminations.filter((each) => each !== shown);
  if (terminations.length === 0) return null;
  return (
    <SectionCard
      title={t(shown?.state === 'agreed' ? 'end.agreedTitle' : shown ? 'end.title' : 'end.pastTitle')}
      hint={
        shown && t('end.hint', { community: shown.proposedBy.name, when: formatMoment(shown.proposedAt) })
      }
    >
      <Stack>
        {shown && <Shown contract={contract} termination={shown} />}
        {past.length > 0 && (
          <Rows label={t('end.pastTitle')}>
            {past.map((each) => (
              <Row key={each.number}>
                <Text>
                  {t('end.past', {
                    number: each.number,
                    community: each.proposedBy.name,
                    state: t(`end.state.${each.state}`),
                  })}
                </Text>
                {each.endReason && (
                  <Text size="sm" c="dimmed">
                    {t('end.pastReason', { community: each.endedBy?.name, reason: each.endReason })}
                  </Text>
                )}
              </Row>
            ))}
          </Rows>
        )}
      </Stack>
    </SectionCard>
  );
}

function Shown({
  contract,
  termination,
}: {
  readonly contract: ContractShown;
  readonly termination: Termination;
}) {
  const { t } = useTranslation('changes');
  const stays = termination.state === 'agreed' && contract.scrutiny.some(({ state }) => state === 'open');
  return (
    <>
      <Text style={{ whiteSpace: 'pre-line' }}>{termination.reason}</Text>
      {termination.questionNumber !== null && (
        <Text c="dimmed">{t('end.dispute', { number: termination.questionNumber })}</Text>
      )}
      <div>
        <Title order={3} mb="xs">
          {t('end.settlement')}
        </Title>
        <SettlementList contract={contract} lines={termination.settlement} />
      </div>
      {stays && <Text>{t('end.stays')}</Text>}
      <div>
        <Title order={3} mb="xs">
          {t('answers.title')}
        </Title>
        <AnswerList answers={termination.answers} />
      </div>
      {termination.state === 'proposed' && <Deeds contract={contract} termination={termination} />}
    </>
  );
}

function Deeds({
  contract,
  termination,
}: {
  readonly contract: ContractShown;
  readonly termination: Termination;
}) {
  const { t } = useTranslation('changes');
  const viewer = useViewer();
  const [dialog, setDialog] = useState<'accept' | 'decline' | 'withdraw' | null>(null);
  const own = communitiesOf(viewer, 'coordinator');
  const asked = own.filter((each) => termination.answers.some(({ community }) => community.id === each.id));
  const waiting = asked.filter(
    (each) =>
      !termination.answers.some(({ community, acceptedAt }) => community.id === each.id && acceptedAt),
  );
  const can = (deed: string): boolean => contract.viewerCan.includes(deed);
  const { number, sha256, proposedBy } = termination;
  const place = { contractId: contract.id, number };
  const close = (): void => setDialog(null);
  return (
    <Group>
      {can('acceptTermination') && waiting.length > 0 && (
        <Button color="brick" onClick={() => setDialog('accept')}>
          {t('end.accept')}
        </Button>
      )}
      {can('declineTermination') && (
        <Button variant="default" onClick={() => setDialog('decline')}>
          {t('end.decline')}
        </Button>
      )}
      {can('withdrawTermination') && (
        <Button variant="default" onClick={() => setDialog('withdraw')}>
          {t('end.withdraw')}
        </Button>
      )}
      {dialog === 'accept' && (
        <YesDialog
          document={ACCEPT_TERMINATION}
          communities={waiting}
          sha256={sha256}
          inputFor={(communityId) => ({ ...place, communityId, sha256 })}
          words={{
            title: t('end.acceptTitle'),
            what: t('end.acceptWhat'),
            submit: t('end.accept'),
            done: t('end.accepted'),
          }}
          close={close}
        />
      )}
      {dialog === 'decline' && (
        <NoDialog
          document={DECLINE_TERMINATION}
          communities={asked.filter(({ id }) => id !== proposedBy.id)}
          inputFor={(communityId, reason) => ({ ...place, communityId, reason })}
          words={{
            title: t('end.declineTitle'),
            what: t('end.declineWhat'),
            submit: t('end.decline'),
            done: t('end.declined'),
          }}
          close={close}
        />
      )}
      {dialog === 'withdraw' && (
        <NoDialog
          document={WITHDRAW_TERMINATION}
          communities={own.filter(({ id }) => id === proposedBy.id)}
          inputFor={(communityId, reason) => ({ ...place, communityId, reason })}
          words={{
            title: t('end.withdrawTitle'),
            what: t('end.withdrawWhat'),
            submit: t('end.withdraw'),
            done: t('end.withdrawn'),
          }}
          close={close}
        />
      )}
    </Group>
  );
}

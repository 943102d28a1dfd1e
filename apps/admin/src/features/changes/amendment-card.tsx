import { useQuery } from '@apollo/client/react';
import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { partiesOf } from '~/features/contracting/parties';
import type { ContractShown } from '~/features/contracting/use-contract';
import { useViewer } from '~/features/identity/use-viewer';
import { formatMoment } from '~/ui/format';
import { Loaded } from '~/ui/loaded';
import { SectionCard } from '~/ui/section-card';
import { AnswerList } from './answer-list';
import { DifferenceList } from './difference-list';
import { ACCEPT_AMENDMENT, DECLINE_AMENDMENT, RELEASE_DIFFERENCE } from './operations';
import { NoDialog, YesDialog } from './say-dialog';
import { coordinatedParties } from './speaks-for';

/** A proposed release: what it changes, who has accepted it, and what this person can say to it. */
export function AmendmentCard({ contract }: { readonly contract: ContractShown }) {
  const proposed = contract.releases.find(({ status }) => status === 'proposed');
  return proposed ? <Proposal contract={contract} proposed={proposed} /> : null;
}

interface ProposalProps {
  readonly contract: ContractShown;
  readonly proposed: ContractShown['releases'][number];
}

function Proposal({ contract, proposed }: ProposalProps) {
  const { t } = useTranslation('changes');
  const { number } = proposed;
  const query = useQuery(RELEASE_DIFFERENCE, {
    variables: { ref: contract.ref, from: proposed.amends ?? 0, to: number },
  });
  const yesOf = (id: string) => proposed.acceptances.find(({ community }) => community.id === id);
  return (
    <SectionCard
      title={t('amendment.title', { number })}
      hint={t('amendment.hint', {
        community: proposed.proposedBy?.name,
        when: formatMoment(proposed.publishedAt),
        amends: proposed.amends,
      })}
    >
      <Stack>
        <Text style={{ whiteSpace: 'pre-line' }}>{proposed.reason}</Text>
        <div>
          <Title order={3} mb="xs">
            {t('difference.title')}
          </Title>
          <Loaded query={query}>
            {({ releaseDifference: { changes } }) => <DifferenceList changes={changes} />}
          </Loaded>
        </div>
        <div>
          <Title order={3} mb="xs">
            {t('answers.title')}
          </Title>
          <AnswerList
            answers={partiesOf(contract).map((community) => ({
              community,
              acceptedAt: yesOf(community.id)?.acceptedAt,
            }))}
          />
        </div>
        <AmendmentDeeds contract={contract} proposed={proposed} />
        <Anchor href={`/registry/contracts/${contract.ref}/releases/${number}`}>
          {t('amendment.public')}
        </Anchor>
      </Stack>
    </SectionCard>
  );
}

function AmendmentDeeds({ contract, proposed }: ProposalProps) {
  const { t } = useTranslation('changes');
  const viewer = useViewer();
  const [dialog, setDialog] = useState<'yes' | 'no' | null>(null);
  const own = coordinatedParties(viewer, contract);
  const waiting = own.filter(
    (each) => !proposed.acceptances.some(({ community }) => community.id === each.id),
  );
  const mayAccept = contract.viewerCan.includes('acceptAmendment') && waiting.length > 0;
  const mayDecline = contract.viewerCan.includes('declineAmendment');
  if (!mayAccept && !mayDecline) return null;
  const { number, sha256 } = proposed;
  const place = { contractId: contract.id, releaseNumber: number };
  const close = (): void => setDialog(null);
  return (
    <Group>
      {mayAccept && <Button onClick={() => setDialog('yes')}>{t('amendment.accept')}</Button>}
      {mayDecline && (
        <Button variant="default" onClick={() => setDialog('no')}>
          {t('amendment.decline')}
        </Button>
      )}
      {dialog === 'yes' && (
        <YesDialog
          document={ACCEPT_AMENDMENT}
          communities={waiting}
          sha256={sha256}
          inputFor={(communityId) => ({ ...place, communityId, releaseSha256: sha256 })}
          words={{
            title: t('amendment.acceptTitle', { number }),
            what: t('amendment.acceptWhat'),
            submit: t('amendment.accept'),
            done: t('amendment.accepted', { number }),
          }}
          close={close}
        />
      )}
      {dialog === 'no' && (
        <NoDialog
          document={DECLINE_AMENDMENT}
          communities={own}
          inputFor={(communityId, reason) => ({ ...place, communityId, reason })}
          words={{
            title: t('amendment.declineTitle', { number }),
            what: t('amendment.declineWhat'),
            submit: t('amendment.declineSubmit'),
            done: t('amendment.declined', { number }),
          }}
          close={close}
        />
      )}
    </Group>
  );
}

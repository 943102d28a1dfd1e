import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContractDetailsFragment } from '~/generated/graphql';
import { useViewer } from '~/features/identity/use-viewer';
import { LinkButton } from '~/ui/link-button';
import { AcceptDialog } from './accept-dialog';
import { OpenDialog } from './open-dialog';
import { mayAcceptFor, mayPledgeFor } from './parties';
import { WithdrawContractDialog } from './withdraw-contract-dialog';

type Dialog = 'open' | 'accept' | 'withdraw' | null;

/** What this person may do now, by the server's own list; the next step first and largest. */
export function ContractActions({ contract }: { readonly contract: ContractDetailsFragment }) {
  const { t } = useTranslation(['contracting', 'changes']);
  const viewer = useViewer();
  const [dialog, setDialog] = useState<Dialog>(null);
  const can = (name: string): boolean => contract.viewerCan.includes(name);
  const acceptors = mayAcceptFor(viewer, contract);
  const close = (): void => setDialog(null);
  return (
    <>
      <Stack gap="sm">
        {acceptors.length > 0 && (
          <Button onClick={() => setDialog('accept')}>
            {acceptors.length === 1
              ? t('accept.buttonFor', { community: acceptors[0]?.name })
              : t('accept.button')}
          </Button>
        )}
        {mayPledgeFor(viewer, contract).length > 0 && (
          <LinkButton
            to={`/contracts/${contract.ref}/pledge`}
            variant={acceptors.length > 0 ? 'default' : 'filled'}
          >
            {t('pledge.button')}
          </LinkButton>
        )}
        {can('openContract') && <Button onClick={() => setDialog('open')}>{t('open.button')}</Button>}
        {can('updateDraft') && (
          <LinkButton to={`/contracts/${contract.ref}/edit`} variant="default">
            {t('edit.button')}
          </LinkButton>
        )}
        {can('proposeAmendment') && (
          <LinkButton to={`/contracts/${contract.ref}/amend`} variant="default">
            {t('changes:amend.button')}
          </LinkButton>
        )}
        {can('proposeTermination') && (
          <Group>
            <LinkButton to={`/contracts/${contract.ref}/terminate`} variant="subtle" color="brick" size="sm">
              {t('changes:end.button')}
            </LinkButton>
          </Group>
        )}
        {can('withdrawContract') && (
          <Group>
            <Button variant="subtle" color="brick" size="sm" mih={44} onClick={() => setDialog('withdraw')}>
              {t('withdraw.button')}
            </Button>
          </Group>
        )}
      </Stack>
      <OpenDialog contract={contract} opened={dialog === 'open'} close={close} />
      {contract.currentRelease && (
        <AcceptDialog
          contract={contract}
          release={contract.currentRelease}
          communities={acceptors}
          opened={dialog === 'accept'}
          close={close}
        />
      )}
      <WithdrawContractDialog contract={contract} opened={dialog === 'withdraw'} close={close} />
    </>
  );
}

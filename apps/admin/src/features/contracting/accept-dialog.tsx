import { Anchor, Button, NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContractDetailsFragment } from '~/generated/graphql';
import type { OwnCommunity } from '~/features/identity/use-viewer';
import { Dialog, type DialogProps } from '~/ui/dialog';
import { FormFailure } from '~/ui/form-parts';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import classes from './accept-dialog.module.css';
import { ACCEPT_RELEASE } from './operations';

interface AcceptDialogProps extends DialogProps {
  readonly contract: ContractDetailsFragment;
  readonly release: NonNullable<ContractDetailsFragment['currentRelease']>;
  readonly communities: readonly OwnCommunity[];
}

/** Shows exactly what is accepted: this release, by its hash, for this community. */
export function AcceptDialog({ contract, release, communities, opened, close }: AcceptDialogProps) {
  const { t } = useTranslation('contracting');
  const [chosen, setChosen] = useState<string | null>(null);
  const community = communities.find((each) => each.id === chosen) ?? communities[0];
  const accept = useIntent(ACCEPT_RELEASE, {
    done: ({ acceptRelease: changed }) => {
      toastDone(
        changed.state === 'active'
          ? t('active.done', { ref: contract.ref })
          : t('accept.done', { community: community?.name }),
      );
      close();
    },
    refused: () => true,
  });
  return (
    <Dialog opened={opened} close={close} title={t('accept.title', { number: release.number })}>
      <FormFailure failure={accept.failure} />
      <Text>{t('accept.what', { title: contract.title, ref: contract.ref })}</Text>
      {communities.length > 1 && (
        <NativeSelect
          label={t('accept.for')}
          value={community?.id ?? ''}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={communities.map((each) => ({ value: each.id, label: each.name }))}
        />
      )}
      <div className={classes.hash}>
        <Text size="sm" c="dimmed">
          {t('accept.hash')}
        </Text>
        <span className="cw-mono">{release.sha256}</span>
        <Text size="sm" mt={6}>
          <Anchor href={`/registry/contracts/${contract.ref}.json`} target="_blank">
            {t('accept.read')}
          </Anchor>
        </Text>
      </div>
      <Button
        loading={accept.busy}
        disabled={!community}
        onClick={() =>
          community &&
          void accept.run({
            contractId: contract.id,
            communityId: community.id,
            releaseNumber: release.number,
            releaseSha256: release.sha256,
          })
        }
      >
        {t('accept.confirm', { community: community?.name })}
      </Button>
    </Dialog>
  );
}

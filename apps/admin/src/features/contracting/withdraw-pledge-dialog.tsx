import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PledgeLineFragment } from '~/generated/graphql';
import { givenWords } from '~/features/instruments/given-words';
import { Dialog, type DialogProps } from '~/ui/dialog';
import { FormFailure } from '~/ui/form-parts';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { WITHDRAW_PLEDGE } from './operations';

export function WithdrawPledgeDialog({
  pledge,
  opened,
  close,
}: DialogProps & { readonly pledge: PledgeLineFragment }) {
  const { t } = useTranslation('contracting');
  const amount = givenWords(pledge);
  const withdraw = useIntent(WITHDRAW_PLEDGE, {
    refetch: ['Contract'],
    done: () => {
      toastDone(t('withdrawPledge.done', { amount, community: pledge.community.name }));
      close();
    },
    refused: () => true,
  });
  return (
    <Dialog opened={opened} close={close} title={t('withdrawPledge.title')}>
      <FormFailure failure={withdraw.failure} />
      <Text>{t('withdrawPledge.what', { amount, community: pledge.community.name })}</Text>
      <Button
        color="brick"
        loading={withdraw.busy}
        onClick={() => void withdraw.run({ pledgeId: pledge.id })}
      >
        {t('withdrawPledge.confirm')}
      </Button>
    </Dialog>
  );
}

import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ContractDetailsFragment } from '~/generated/graphql';
import { Dialog, type DialogProps } from '~/ui/dialog';
import { formatDay } from '~/ui/format';
import { FormFailure } from '~/ui/form-parts';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { OPEN_CONTRACT } from './operations';

/** Publishing cannot be taken back, so it is asked for once more. */
export function OpenDialog({
  contract,
  opened,
  close,
}: DialogProps & { readonly contract: ContractDetailsFragment }) {
  const { t } = useTranslation('contracting');
  const open = useIntent(OPEN_CONTRACT, {
    done: () => {
      toastDone(t('open.done', { ref: contract.ref }));
      close();
    },
    refused: () => true,
  });
  return (
    <Dialog opened={opened} close={close} title={t('open.title')}>
      <FormFailure failure={open.failure} />
      <Text>{t('open.what', { day: formatDay(contract.deadline) })}</Text>
      <Text c="dimmed">{t('open.forever')}</Text>
      <Button
        loading={open.busy}
        onClick={() => void open.run({ contractId: contract.id, draftRevision: contract.draftRevision })}
      >
        {t('open.confirm')}
      </Button>
    </Dialog>
  );
}

import { useQuery } from '@apollo/client/react';
import { Button, NativeSelect, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Dialog, type DialogProps } from '~/ui/dialog';
import { DayInput, FormFailure } from '~/ui/form-parts';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { GRANT_QUALIFICATION, QUALIFICATIONS } from './set-up-operations';

interface GrantDialogProps extends DialogProps {
  readonly person: { readonly id: string; readonly displayName: string };
  readonly fablabId: string;
}

export function GrantDialog({ person, fablabId, opened, close }: GrantDialogProps) {
  const { t } = useTranslation(['workshop', 'contracting']);
  const { data } = useQuery(QUALIFICATIONS, { variables: { fablabId } });
  const form = useForm({
    initialValues: { qualificationId: '', expiresOn: '' },
    validate: checkedBy((check, values) => {
      if (values.qualificationId === '') check.refuse('qualificationId', t('setUp.whichProblem'));
      if (values.expiresOn !== '') check.day('expiresOn', values.expiresOn, t('setUp.expiresName'));
    }),
  });
  const grant = useIntent(GRANT_QUALIFICATION, {
    keyed: false,
    refetch: ['MakerQualifications'],
    done: ({ grantQualification: { qualification } }) => {
      toastDone(t('setUp.grantDone', { name: person.displayName, qualification: qualification.name }));
      close();
    },
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  const submit = form.onSubmit(
    ({ qualificationId, expiresOn }) =>
      void grant.run({ personId: person.id, qualificationId, ...(expiresOn !== '' && { expiresOn }) }),
    focusFirstError,
  );
  const choices = (data?.qualifications ?? []).map((each) => ({ value: each.id, label: each.name }));
  return (
    <Dialog opened={opened} close={close} title={t('setUp.grantTo', { name: person.displayName })}>
      <form noValidate onSubmit={submit}>
        <Stack>
          <FormFailure failure={grant.failure} />
          <NativeSelect
            label={t('setUp.which')}
            data={[{ value: '', label: t('editor.choose', { ns: 'contracting' }) }, ...choices]}
            {...form.getInputProps('qualificationId')}
          />
          <DayInput
            label={t('setUp.expires')}
            description={t('setUp.expiresHint')}
            {...form.getInputProps('expiresOn')}
          />
          <Button type="submit" loading={grant.busy}>
            {t('setUp.grantConfirm')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}

import { useQuery } from '@apollo/client/react';
import { Button, Checkbox, NativeSelect, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { QualificationLevel } from '~/generated/graphql';
import { Dialog, type DialogProps } from '~/ui/dialog';
import { DayInput, FormFailure } from '~/ui/form-parts';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { GRANT_QUALIFICATION, MAKER_QUALIFICATIONS, QUALIFICATIONS } from './set-up-operations';

interface GrantDialogProps extends DialogProps {
  readonly person: { readonly id: string; readonly displayName: string };
  readonly fablabId: string;
}

const LEVELS = ['full', 'learner'] as const satisfies readonly QualificationLevel[];

export function GrantDialog({ person, fablabId, opened, close }: GrantDialogProps) {
  const { t } = useTranslation(['workshop', 'contracting', 'people']);
  const { data } = useQuery(QUALIFICATIONS, { variables: { fablabId } });
  const held = useQuery(MAKER_QUALIFICATIONS, { variables: { fablabId } });
  const form = useForm({
    initialValues: {
      qualificationId: '',
      expiresOn: '',
      level: 'full' as QualificationLevel,
      supervisorId: '',
      mayTeach: false,
    },
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
    ({ qualificationId, expiresOn, level, supervisorId, mayTeach }) =>
      void grant.run({
        personId: person.id,
        qualificationId,
        level,
        ...(expiresOn !== '' && { expiresOn }),
        ...(level === 'learner' && supervisorId !== '' && { supervisorId }),
        ...(level === 'full' && { mayTeach }),
      }),
    focusFirstError,
  );
  const teachers = (held.data?.makerQualifications ?? [])
    .filter((each) => each.mayTeach && each.qualification.id === form.values.qualificationId)
    .map((each) => ({ value: each.person.id, label: each.person.displayName }));
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
          <NativeSelect
            label={t('grant.level', { ns: 'people' })}
            data={LEVELS.map((value) => ({ value, label: t(`grant.${value}`, { ns: 'people' }) }))}
            {...form.getInputProps('level')}
          />
          {form.values.level === 'learner' ? (
            <NativeSelect
              label={t('grant.supervisor', { ns: 'people' })}
              description={t('grant.supervisorHint', { ns: 'people' })}
              data={[{ value: '', label: t('choose', { ns: 'people' }) }, ...teachers]}
              {...form.getInputProps('supervisorId')}
            />
          ) : (
            <Checkbox
              label={t('grant.mayTeach', { ns: 'people' })}
              {...form.getInputProps('mayTeach', { type: 'checkbox' })}
            />
          )}
          <Button type="submit" loading={grant.busy}>
            {t('setUp.grantConfirm')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}

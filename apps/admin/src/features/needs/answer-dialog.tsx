import { Button, NativeSelect, Radio, Stack, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { LIMITS } from '#kernel';
import type { NeedAnswerKind, NeedLineFragment } from '~/generated/graphql';
import { communitiesOf, useViewer } from '~/features/identity/use-viewer';
import { Dialog, type DialogProps } from '~/ui/dialog';
import { FormFailure } from '~/ui/form-parts';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { ANSWER_NEED } from './operations';

const KINDS = ['can', 'canWith', 'cannot'] as const satisfies readonly NeedAnswerKind[];

export function AnswerDialog({ need, opened, close }: DialogProps & { readonly need: NeedLineFragment }) {
  const { t } = useTranslation('needs');
  const fablabs = communitiesOf(useViewer(), 'coordinator').filter(
    (community) => community.manufactures && community.id !== need.community.id,
  );
  const form = useForm<{ fablabId: string; kind: NeedAnswerKind; condition: string; reason: string }>({
    initialValues: { fablabId: '', kind: 'can', condition: '', reason: '' },
    validate: checkedBy((check, values) => {
      if (values.kind === 'canWith')
        check.text('condition', values.condition, {
          max: LIMITS.noteCharsMax,
          name: t('answer.conditionName'),
        });
      check.text('reason', values.reason, { max: LIMITS.noteCharsMax, name: t('answer.reasonName') });
    }),
  });
  const answer = useIntent(ANSWER_NEED, {
    refetch: ['Need'],
    done: () => {
      toastDone(t('answer.done'));
      form.reset();
      close();
    },
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  return (
    <Dialog opened={opened} close={close} title={t('answer.title')}>
      <FormFailure failure={answer.failure} />
      <form
        noValidate
        onSubmit={form.onSubmit(
          ({ condition, fablabId, ...values }) =>
            void answer.run({
              ...values,
              needId: need.id,
              // Who the viewer is may be known later than this form: the first fablab is the one shown.
              fablabId: fablabId || (fablabs[0]?.id ?? ''),
              ...(values.kind === 'canWith' && { condition }),
            }),
          focusFirstError,
        )}
      >
        <Stack>
          {fablabs.length > 1 && (
            <NativeSelect
              label={t('answer.fablab')}
              data={fablabs.map((each) => ({ value: each.id, label: each.name }))}
              {...form.getInputProps('fablabId')}
            />
          )}
          <Radio.Group label={t('answer.kind')} {...form.getInputProps('kind')}>
            <Stack gap="xs" mt="xs">
              {KINDS.map((kind) => (
                <Radio key={kind} value={kind} label={t(`kind.${kind}`)} />
              ))}
            </Stack>
          </Radio.Group>
          {form.values.kind === 'canWith' && (
            <Textarea
              label={t('answer.condition')}
              description={t('answer.conditionHint')}
              {...form.getInputProps('condition')}
            />
          )}
          <Textarea
            label={t('answer.reason')}
            description={t('answer.reasonHint')}
            minRows={3}
            autosize
            {...form.getInputProps('reason')}
          />
          <Button type="submit" loading={answer.busy}>
            {t('answer.confirm')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}

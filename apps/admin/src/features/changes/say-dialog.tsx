import type { TypedDocumentNode } from '@apollo/client';
import { Button, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkReason, ReasonInput } from '~/features/contracting/reason-input';
import type { OwnCommunity } from '~/features/identity/use-viewer';
import { Dialog } from '~/ui/dialog';
import { FormFailure } from '~/ui/form-parts';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { CommunitySelect } from './community-select';

interface Words {
  readonly title: string;
  readonly what: string;
  readonly submit: string;
  readonly done: string;
}

interface SayDialogProps<Data, Input extends object> {
  readonly document: TypedDocumentNode<Data, { input: Input }>;
  readonly communities: readonly OwnCommunity[];
  readonly inputFor: (communityId: string, reason: string) => Omit<Input, 'idempotencyKey'>;
  readonly words: Words;
  /** The hash of what is accepted. */
  readonly sha256?: string;
  readonly close: () => void;
}

/** A yes to exactly what was read, by its hash. */
export function YesDialog<Data, Input extends object>(props: SayDialogProps<Data, Input>) {
  const { document, communities, inputFor, words, sha256, close } = props;
  const { t } = useTranslation('changes');
  const [chosen, setChosen] = useState(communities[0]?.id ?? '');
  const say = useIntent(document, {
    refetch: ['Contract'],
    done: () => {
      toastDone(words.done);
      close();
    },
    refused: () => true,
  });
  return (
    <Dialog opened close={close} title={words.title}>
      <FormFailure failure={say.failure} />
      <Text>{words.what}</Text>
      <CommunitySelect
        communities={communities}
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      <Text size="sm" c="dimmed">
        {t('hash')} <span className="cw-mono">{sha256}</span>
      </Text>
      <Button loading={say.busy} onClick={() => void say.run(inputFor(chosen, ''))}>
        {words.submit}
      </Button>
    </Dialog>
  );
}

/** A no, or taking a proposal back, with a public reason. */
export function NoDialog<Data, Input extends object>(props: SayDialogProps<Data, Input>) {
  const { document, communities, inputFor, words, close } = props;
  const form = useForm({
    initialValues: { communityId: communities[0]?.id ?? '', reason: '' },
    validate: checkedBy((check, values) => checkReason(check, values.reason)),
  });
  const say = useIntent(document, {
    refetch: ['Contract'],
    done: () => {
      toastDone(words.done);
      close();
    },
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  const submit = form.onSubmit(
    ({ communityId, reason }) => void say.run(inputFor(communityId, reason)),
    focusFirstError,
  );
  return (
    <Dialog opened close={close} title={words.title}>
      <FormFailure failure={say.failure} />
      <Text>{words.what}</Text>
      <form noValidate onSubmit={submit}>
        <Stack>
          <CommunitySelect communities={communities} {...form.getInputProps('communityId')} />
          <ReasonInput {...form.getInputProps('reason')} />
          <Button type="submit" color="brick" loading={say.busy}>
            {words.submit}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}

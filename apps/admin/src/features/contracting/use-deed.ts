import type { TypedDocumentNode } from '@apollo/client';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { showProblems } from '~/ui/validation';
import { remainsWords } from './remains';
import type { PledgeShown } from './use-contract';

interface Deed<Data, Values> {
  readonly form: UseFormReturnType<Values>;
  readonly pledgeOf: (data: Data) => PledgeShown;
  /** What happened; what remains is added. */
  readonly said: () => string;
  readonly close: () => void;
}

/** Something that is done about an obligation: the toast says what happened and what remains. */
export function useDeed<Data, Input extends object, Values>(
  document: TypedDocumentNode<Data, { input: Input }>,
  { form, pledgeOf, said, close }: Deed<Data, Values>,
) {
  const { t } = useTranslation('obligations');
  return useIntent(document, {
    refetch: ['Contract', 'Payments'],
    done: (data) => {
      toastDone(`${said()} ${remainsWords(t, pledgeOf(data))}`.trim());
      close();
    },
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
}

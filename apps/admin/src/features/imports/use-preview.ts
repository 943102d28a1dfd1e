import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import type { DateOrder, ImportField, ImportPreviewQuery, ImportRowState } from '~/generated/graphql';
import { IMPORT_PREVIEW } from './operations';

const PAGE_ROWS = 50;

export type PreviewShown = ImportPreviewQuery['contractImport']['preview'];

export interface Answers {
  /** Null while the heads decide. */
  readonly columns: readonly { readonly field: ImportField; readonly column: number }[] | null;
  readonly dateOrder: DateOrder | null;
  readonly contractRef: string | null;
  readonly supporters: readonly { readonly name: string; readonly communityId: string }[];
  readonly leftOut: readonly number[];
}

const NONE: Answers = { columns: null, dateOrder: null, contractRef: null, supporters: [], leftOut: [] };

/** What a person answered so far, and what the table would do so. Every answer asks for the preview anew. */
export function usePreview(id: string) {
  const [answers, setAnswers] = useState<Answers>(NONE);
  const [state, setState] = useState<ImportRowState | null>(null);
  const settings = {
    ...answers,
    columns: answers.columns && [...answers.columns],
    supporters: [...answers.supporters],
    leftOut: [...answers.leftOut],
  };
  const query = useQuery(IMPORT_PREVIEW, {
    variables: { id, settings, state, first: PAGE_ROWS },
    fetchPolicy: 'network-only',
  });
  const shown = (query.data ?? query.previousData)?.contractImport.preview;
  const answer = (more: Partial<Answers>): void => setAnswers((before) => ({ ...before, ...more }));
  return { query, shown, answers, answer, settings, state, setState };
}

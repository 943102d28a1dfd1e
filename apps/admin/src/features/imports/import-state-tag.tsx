import { useTranslation } from 'react-i18next';
import type { ImportState } from '~/generated/graphql';
import { Tag, type Tone } from '~/ui/tag';

const TONES: Readonly<Record<ImportState, Tone>> = {
  uploaded: 'wait',
  applied: 'go',
  undone: 'plain',
  discarded: 'plain',
};

export function ImportStateTag({ state }: { readonly state: ImportState }) {
  const { t } = useTranslation('imports');
  return <Tag tone={TONES[state]}>{t(`state.${state}`)}</Tag>;
}

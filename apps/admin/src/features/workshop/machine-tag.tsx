import { useTranslation } from 'react-i18next';
import type { MachineState } from '~/generated/graphql';
import { Tag, type Tone } from '~/ui/tag';

const TONES: Readonly<Record<MachineState, Tone>> = { up: 'go', down: 'stop', maintenance: 'wait' };

export function MachineTag({ state }: { readonly state: MachineState }) {
  const { t } = useTranslation('machines');
  return <Tag tone={TONES[state]}>{t(`state.${state}`)}</Tag>;
}

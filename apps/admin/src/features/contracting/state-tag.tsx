import { useTranslation } from 'react-i18next';
import type { ContractState, PledgeState } from '~/generated/graphql';
import { Tag, type Tone } from '~/ui/tag';

const CONTRACT_TONES: Readonly<Record<ContractState, Tone>> = {
  draft: 'plain',
  open: 'wait',
  active: 'go',
  completed: 'calm',
  withdrawn: 'stop',
  lapsed: 'stop',
  terminated: 'stop',
};

const PLEDGE_TONES: Readonly<Record<PledgeState, Tone>> = {
  pledged: 'wait',
  active: 'go',
  fulfilled: 'calm',
  withdrawn: 'plain',
  voided: 'stop',
};

export function ContractStateTag({ state }: { readonly state: ContractState }) {
  const { t } = useTranslation('contracting');
  return <Tag tone={CONTRACT_TONES[state]}>{t(`state.${state}`)}</Tag>;
}

export function PledgeStateTag({ state }: { readonly state: PledgeState }) {
  const { t } = useTranslation('contracting');
  return <Tag tone={PLEDGE_TONES[state]}>{t(`pledgeState.${state}`)}</Tag>;
}

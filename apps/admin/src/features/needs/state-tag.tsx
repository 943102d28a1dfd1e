import { useTranslation } from 'react-i18next';
import type { NeedAnswerKind, NeedState } from '~/generated/graphql';
import { Tag, type Tone } from '~/ui/tag';

const STATE_TONES: Readonly<Record<NeedState, Tone>> = {
  open: 'wait',
  answered: 'go',
  inContract: 'go',
  met: 'calm',
  closed: 'plain',
};

const KIND_TONES: Readonly<Record<NeedAnswerKind, Tone>> = { can: 'go', canWith: 'wait', cannot: 'stop' };

export function NeedStateTag({ state }: { readonly state: NeedState }) {
  const { t } = useTranslation('needs');
  return <Tag tone={STATE_TONES[state]}>{t(`state.${state}`)}</Tag>;
}

export function AnswerKindTag({
  kind,
  isCurrent,
}: {
  readonly kind: NeedAnswerKind;
  readonly isCurrent: boolean;
}) {
  const { t } = useTranslation('needs');
  return <Tag tone={isCurrent ? KIND_TONES[kind] : 'plain'}>{t(`kind.${kind}`)}</Tag>;
}

import type { NeedLineFragment } from '~/generated/graphql';
import { i18next } from '~/app/i18n';
import { formatList } from '~/ui/format';

/** «hours of work and material», or that it is nothing but the need. */
export function bringsInWords(need: Pick<NeedLineFragment, 'brings'>): string {
  const t = i18next.getFixedT(null, 'needs');
  if (need.brings.length === 0) return t('brings.nothing');
  return formatList(need.brings.map((kind) => t(`brings.${kind}`)));
}

export function currentAnswers(need: NeedLineFragment): NeedLineFragment['answers'] {
  return need.answers.filter((answer) => answer.isCurrent);
}

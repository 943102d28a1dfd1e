import type { TFunction } from 'i18next';
import { formatAmount, type Amount } from '~/ui/format';
import type { PledgeShown } from './use-contract';

/** Principal and the interest that is due today. */
export function owedOf({ obligation: { owed, interest } }: PledgeShown): Amount {
  return {
    amountMinor: `${BigInt(owed.amountMinor) + BigInt(interest.amountMinor)}`,
    currency: owed.currency,
  };
}

/** What is left after something was done, as the server answered it; nothing of it for what is not counted in money. */
export function remainsWords(t: TFunction<'obligations'>, pledge: PledgeShown): string {
  if (pledge.contribution !== 'money') return '';
  const owed = owedOf(pledge);
  const community = pledge.community.name;
  return owed.amountMinor === '0'
    ? t('nothingRemains', { community })
    : t('remains', { amount: formatAmount(owed), community });
}

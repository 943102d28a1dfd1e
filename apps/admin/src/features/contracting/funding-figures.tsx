import { useTranslation } from 'react-i18next';
import { Facts } from '~/ui/facts';
import { formatAmount } from '~/ui/format';
import { AgreedFigure, Figure } from './figure';
import type { ContractShown } from './use-contract';

/** The figures of the bar above, each leading to what is behind it. */
export function FundingFigures({ contract }: { readonly contract: ContractShown }) {
  const { t } = useTranslation('contracting');
  const { threshold, pledged, received } = contract.funding;
  return (
    <Facts
      rows={[
        [
          t('funding.threshold'),
          <AgreedFigure key="threshold" contract={contract}>
            <span className="cw-number">{formatAmount(threshold)}</span>
          </AgreedFigure>,
        ],
        [
          t('funding.pledged'),
          <Figure key="pledged" contract={contract} amount={pledged} figure="pledged" />,
        ],
        [
          t('funding.arrived'),
          <Figure key="received" contract={contract} amount={received} figure="received" />,
        ],
      ]}
    />
  );
}

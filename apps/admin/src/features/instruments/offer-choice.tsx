import { Radio, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ContractOfferFragment } from '~/generated/graphql';
import classes from './offer-choice.module.css';
import { OfferWords, shownOffer } from './offer-list';

interface OfferChoiceProps {
  readonly offers: readonly ContractOfferFragment[];
  readonly value: string;
  readonly choose: (offer: ContractOfferFragment) => void;
}

/** Each offer is one large card to touch. */
export function OfferChoice({ offers, value, choose }: OfferChoiceProps) {
  const { t } = useTranslation('instruments');
  return (
    <Radio.Group
      label={t('pledge.offer')}
      value={value}
      onChange={(next) => {
        const offer = offers.find(({ position }) => `${position}` === next);
        if (offer) choose(offer);
      }}
    >
      <Stack gap="xs" mt="xs">
        {offers.map((offer) => {
          const id = `offer-${offer.position}`;
          return (
            <label key={id} className={classes.card} data-chosen={value === `${offer.position}` || undefined}>
              <Radio value={`${offer.position}`} aria-describedby={id} aria-labelledby={`${id}-name`} />
              <div>
                <Text fw={600} id={`${id}-name`}>
                  {t(`instrument.${offer.instrument}`)}
                </Text>
                <div id={id}>
                  <OfferWords offer={shownOffer(offer)} />
                </div>
              </div>
            </label>
          );
        })}
      </Stack>
    </Radio.Group>
  );
}

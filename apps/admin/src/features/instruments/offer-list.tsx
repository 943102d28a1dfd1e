import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ContractOfferFragment, Instrument } from '~/generated/graphql';
import { i18next } from '~/app/i18n';
import { repaymentWords } from '~/features/contracting/schedule-words';
import { Row, Rows } from '~/ui/rows';
import { Tag } from '~/ui/tag';
import { INSTRUMENT_RULES } from './rules';

export interface ShownOffer {
  readonly instrument: Instrument;
  readonly words: string;
  readonly section?: string | null | undefined;
  readonly goodsName?: string | null | undefined;
  readonly goodsUnit?: string | null | undefined;
  /** Of money: what the books follow. */
  readonly schedule: string | null;
}

/** When a loan is returned, in one sentence; null where nothing is returned by a schedule. */
export function scheduleOf(offer: ContractOfferFragment): string | null {
  const t = i18next.getFixedT(null, 'obligations');
  if (offer.returns !== 'money' || offer.premiumShareBasisPoints) return null;
  return offer.repayment ? repaymentWords(t, offer.repayment) : t('rhythm.default');
}

export function shownOffer(offer: ContractOfferFragment): ShownOffer {
  return { ...offer, schedule: scheduleOf(offer) };
}

/** With what the contract can be supported, and what comes back, as everybody reads it. */
export function OfferList({ offers }: { readonly offers: readonly ShownOffer[] }) {
  const { t } = useTranslation('instruments');
  return (
    <Rows label={t('list.title')}>
      {offers.map((offer, index) => (
        <Row key={index}>
          <Group gap="xs">
            <Text fw={600}>{t(`instrument.${offer.instrument}`)}</Text>
            {INSTRUMENT_RULES[offer.instrument].gives.map((kind) => (
              <Tag key={kind}>{t(`gives.${kind}`)}</Tag>
            ))}
          </Group>
          <OfferWords offer={offer} />
        </Row>
      ))}
    </Rows>
  );
}

/** What is wanted, the words of the contract, and for money the schedule that the books follow. */
export function OfferWords({ offer }: { readonly offer: ShownOffer }) {
  const { t } = useTranslation('instruments');
  const { schedule, section, goodsName, goodsUnit, words } = offer;
  return (
    <>
      {section && (
        <Text size="sm" c="dimmed">
          {t('list.section', { section })}
        </Text>
      )}
      {goodsName && (
        <Text size="sm" c="dimmed">
          {t('list.goods', { name: goodsName, unit: goodsUnit })}
        </Text>
      )}
      <Text style={{ whiteSpace: 'pre-line' }}>{words || '…'}</Text>
      {schedule && !words.includes(schedule) && (
        <Text size="sm" c="dimmed">
          {t('list.schedule', { schedule })}
        </Text>
      )}
    </>
  );
}

import { NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LIMITS } from '#kernel';
import type { OffersProps } from './offer-fields';
import { fieldsOf, type DraftOffer } from './offer-form';
import { SectionInput } from './section-input';

interface OfferUnitFieldsProps extends OffersProps {
  readonly offer: DraftOffer;
  readonly path: string;
}

/** In which section, which goods, and which units come back for so much of them. */
export function OfferUnitFields({ form, offer, path, sections, lineWords }: OfferUnitFieldsProps) {
  const { t } = useTranslation('instruments');
  const has = fieldsOf(offer);
  const isPriced = offer.returns === 'units';
  return (
    <>
      {has.section && (
        <SectionInput
          label={t(isPriced ? 'offers.section' : 'offers.sectionAny')}
          sections={sections}
          {...form.getInputProps(`${path}.section`)}
        />
      )}
      {has.goods && (
        <>
          <TextInput
            label={t(isPriced ? 'offers.goodsName' : 'offers.goodsNameAny')}
            {...form.getInputProps(`${path}.goodsName`)}
          />
          <TextInput
            label={t('thresholds.unit')}
            autoComplete="off"
            autoCapitalize="none"
            {...form.getInputProps(`${path}.goodsUnit`)}
          />
        </>
      )}
      {has.line && (
        <NativeSelect
          label={t(isPriced ? 'offers.line' : 'offers.lineFor')}
          data={[
            ...(isPriced ? [] : [{ value: '', label: t('offers.lineAll') }]),
            ...form.values.deliverables.map((_, index) => ({
              value: `${index + 1}`,
              label: t('offers.lineName', { number: index + 1, product: lineWords(index + 1) }),
            })),
          ]}
          {...form.getInputProps(`${path}.line`)}
        />
      )}
      {has.perUnit && (
        <TextInput
          label={t(offer.instrument === 'labour' ? 'offers.quantityPerHours' : 'offers.quantityPerGoods')}
          inputMode="decimal"
          autoComplete="off"
          {...form.getInputProps(`${path}.quantityPerUnit`)}
        />
      )}
      {has.free && (
        <>
          <NumberInput
            label={t('offers.freeUnits')}
            min={1}
            max={LIMITS.quantityMax}
            allowDecimal={false}
            {...form.getInputProps(`${path}.freeUnits`)}
          />
          <NumberInput
            label={t('offers.perUnits')}
            min={1}
            max={LIMITS.quantityMax}
            allowDecimal={false}
            {...form.getInputProps(`${path}.perUnits`)}
          />
        </>
      )}
    </>
  );
}

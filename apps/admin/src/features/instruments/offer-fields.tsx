import { ActionIcon, Button, Group, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instrument } from '~/generated/graphql';
import classes from '~/features/contracting/draft-editor.module.css';
import type { DraftForm } from '~/features/contracting/draft-fields';
import { RhythmFields } from '~/features/contracting/rhythm-fields';
import { SectionCard } from '~/ui/section-card';
import { OfferUnitFields } from './offer-unit-fields';
import { emptyOffer, fieldsOf, OFFERS_MAX, type DraftOffer } from './offer-form';
import { proposedWords } from './offer-words';
import { INSTRUMENT_RULES, INSTRUMENTS } from './rules';

export interface OffersProps {
  readonly form: DraftForm;
  readonly sections: readonly string[];
  /** The name of a deliverable by its position, from 1. */
  readonly lineWords: (position: number) => string;
}

/** One card for each way in which people can support the contract. */
export function OfferFields({ form, sections, lineWords }: OffersProps) {
  const { t } = useTranslation('instruments');
  const { offers } = form.values;
  return (
    <SectionCard title={t('offers.title')} hint={t('offers.hint')}>
      <Stack>
        {offers.map((offer, index) => (
          <Offer
            key={offer.key}
            form={form}
            offer={offer}
            index={index}
            sections={sections}
            lineWords={lineWords}
          />
        ))}
        {offers.length < OFFERS_MAX && (
          <Button
            variant="default"
            style={{ alignSelf: 'flex-start' }}
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() => form.insertListItem('offers', emptyOffer(nextInstrument(offers)))}
          >
            {t('offers.add')}
          </Button>
        )}
      </Stack>
    </SectionCard>
  );
}

/** The first one that is not offered yet. */
function nextInstrument(offers: readonly DraftOffer[]): Instrument {
  return INSTRUMENTS.find((each) => offers.every(({ instrument }) => instrument !== each)) ?? 'gift';
}

interface OfferProps extends OffersProps {
  readonly offer: DraftOffer;
  readonly index: number;
}

function Offer({ form, offer, index, sections, lineWords }: OfferProps) {
  const { t } = useTranslation('instruments');
  const path = `offers.${index}`;
  const number = index + 1;
  const { returns } = INSTRUMENT_RULES[offer.instrument];
  const become = (changed: DraftOffer): void => form.setFieldValue(path, changed);
  return (
    <fieldset className={classes.row}>
      <legend>
        <Text component="span" fw={600}>
          {t('offers.legend', { number, instrument: t(`instrument.${offer.instrument}`) })}
        </Text>
      </legend>
      <div className={classes.fields}>
        <NativeSelect
          label={t('offers.instrument')}
          description={t(`what.${offer.instrument}`)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={offer.instrument}
          data={INSTRUMENTS.map((each) => ({ value: each, label: t(`instrument.${each}`) }))}
          onChange={(event) =>
            become({ ...emptyOffer(event.currentTarget.value as Instrument), key: offer.key })
          }
        />
        {returns.length > 1 && (
          <NativeSelect
            label={t('offers.returns')}
            value={offer.returns}
            data={returns.map((each) => ({ value: each, label: t(`returns.${each}`) }))}
            onChange={(event) => {
              const kind = event.currentTarget.value as DraftOffer['returns'];
              become({ ...offer, returns: kind, line: kind === 'units' ? offer.line || '1' : '' });
            }}
          />
        )}
        {offer.returns === 'money' && <MoneyFields form={form} offer={offer} path={path} />}
        <OfferUnitFields form={form} offer={offer} path={path} sections={sections} lineWords={lineWords} />
      </div>
      <Words form={form} offer={offer} path={path} lineWords={lineWords} />
      {form.values.offers.length > 1 && (
        <Group justify="flex-end" mt="xs">
          <ActionIcon
            aria-label={t('offers.remove', { number })}
            onClick={() => form.removeListItem('offers', index)}
          >
            <IconTrash size={20} aria-hidden />
          </ActionIcon>
        </Group>
      )}
    </fieldset>
  );
}

interface PartProps {
  readonly form: DraftForm;
  readonly offer: DraftOffer;
  readonly path: string;
}

function MoneyFields({ form, offer, path }: PartProps) {
  const { t } = useTranslation(['instruments', 'obligations']);
  const has = fieldsOf(offer);
  return (
    <>
      <NativeSelect
        label={t('offers.by')}
        {...(has.schedule && { description: t('offers.scheduleHint') })}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={[
          { value: 'schedule', label: t('offers.bySchedule') },
          { value: 'share', label: t('offers.byShare') },
        ]}
        {...form.getInputProps(`${path}.by`)}
      />
      {has.schedule && (
        <>
          <RhythmFields inputProps={(name) => form.getInputProps(`${path}.repayment.${name}`)} />
          <TextInput
            label={t('obligations:rhythm.interest')}
            description={t('obligations:rhythm.interestHint')}
            inputMode="decimal"
            autoComplete="off"
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            {...form.getInputProps(`${path}.repayment.interestBasisPointsPerYear`)}
          />
        </>
      )}
      {has.share && (
        <TextInput
          label={t('offers.share')}
          description={t('offers.shareHint')}
          inputMode="decimal"
          autoComplete="off"
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...form.getInputProps(`${path}.premiumShareBasisPoints`)}
        />
      )}
    </>
  );
}

/** The words follow the fields until a person writes others. */
function Words({ form, offer, path, lineWords }: PartProps & Pick<OffersProps, 'lineWords'>) {
  const { t } = useTranslation('instruments');
  const proposed = proposedWords(offer, lineWords);
  const follows = !offer.ownWords;
  const { setFieldValue } = form;
  useEffect(() => {
    if (follows && offer.words !== proposed) setFieldValue(`${path}.words`, proposed);
  }, [follows, offer.words, proposed, path, setFieldValue]);
  return (
    <>
      <Textarea
        mt="sm"
        label={t('offers.words')}
        description={t('offers.wordsHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autosize
        minRows={2}
        {...form.getInputProps(`${path}.words`)}
        onChange={(event) => {
          setFieldValue(path, { ...offer, words: event.currentTarget.value, ownWords: true });
        }}
      />
      {!follows && offer.words !== proposed && (
        <Button
          variant="subtle"
          size="sm"
          mih={44}
          onClick={() => setFieldValue(path, { ...offer, words: proposed, ownWords: false })}
        >
          {t('offers.propose')}
        </Button>
      )}
    </>
  );
}

import { Button, Group, NumberInput, SegmentedControl, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { formatMilli, LIMITS, parseMilli } from '#kernel';
import type { ContractDetailsFragment, ContractOfferFragment, ContributionKind } from '~/generated/graphql';
import { editableAmount, formatAmount, formatDecimal } from '~/ui/format';
import { AmountInput } from '~/ui/form-parts';
import { buysUnits, type PledgeValues } from './pledge-values';
import { INSTRUMENT_RULES } from './rules';
import { SectionInput } from './section-input';

export interface PledgeFieldsProps {
  readonly form: UseFormReturnType<PledgeValues>;
  readonly contract: ContractDetailsFragment;
  readonly offer: ContractOfferFragment;
}

/** How much of what: only what the chosen offer leaves open is asked. */
export function PledgeFields(props: PledgeFieldsProps) {
  const { t } = useTranslation('instruments');
  const { form, offer } = props;
  const kinds = INSTRUMENT_RULES[offer.instrument].gives;
  return (
    <>
      {kinds.length > 1 && (
        <SegmentedControl
          fullWidth
          aria-label={t('pledge.gives')}
          data={kinds.map((kind) => ({ value: kind, label: t(`gives.${kind}`) }))}
          value={form.values.gives}
          onChange={(kind) => form.setFieldValue('gives', kind as ContributionKind)}
        />
      )}
      {form.values.gives === 'money' && <MoneyFields {...props} />}
      {form.values.gives === 'hours' && <HoursFields {...props} />}
      {form.values.gives === 'goods' && <GoodsFields {...props} />}
    </>
  );
}

function MoneyFields({ form, contract, offer }: PledgeFieldsProps) {
  const { t } = useTranslation(['instruments', 'contracting']);
  const { currency } = contract;
  if (buysUnits(offer)) {
    const line = contract.deliverables.find(({ position }) => position === offer.line);
    return (
      <NumberInput
        label={t('pledge.units')}
        {...(line && { description: t('pledge.unitPrice', { price: formatAmount(line.unitPrice) }) })}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        size="lg"
        min={1}
        max={LIMITS.quantityMax}
        allowDecimal={false}
        {...form.getInputProps('units')}
      />
    );
  }
  return (
    <>
      <AmountInput
        label={t('contracting:pledge.amount')}
        currency={currency}
        size="lg"
        {...form.getInputProps('amount')}
      />
      <Proposals
        all={moneyProposals(contract).map((minor) => {
          const amount = { amountMinor: `${minor}`, currency };
          return { label: formatAmount(amount), value: editableAmount(amount) };
        })}
        take={(value) => form.setFieldValue('amount', value)}
      />
    </>
  );
}

function HoursFields({ form, contract, offer }: PledgeFieldsProps) {
  const { t } = useTranslation('instruments');
  const sections = contract.thresholds.flatMap(({ section }) => (section ? [section] : []));
  const missing = contract.thresholds.find(
    ({ kind, section }) => kind === 'hours' && section === form.values.hours.section,
  );
  return (
    <>
      {!offer.section && (
        <SectionInput
          label={t('pledge.section')}
          sections={sections}
          {...form.getInputProps('hours.section')}
        />
      )}
      <TextInput
        label={t('pledge.hours')}
        inputMode="decimal"
        autoComplete="off"
        size="lg"
        {...form.getInputProps('hours.hours')}
      />
      <Proposals all={missingProposals(missing)} take={(value) => form.setFieldValue('hours.hours', value)} />
      <TextInput
        label={t('pledge.qualification')}
        autoComplete="off"
        {...form.getInputProps('hours.qualification')}
      />
      <ValueInput form={form} path="hours.value" currency={contract.currency} />
    </>
  );
}

function GoodsFields({ form, contract, offer }: PledgeFieldsProps) {
  const { t } = useTranslation('instruments');
  const { name, unit } = form.values.goods;
  const missing = contract.thresholds.find(
    (each) => each.kind === 'material' && each.name === name && each.unit === unit,
  );
  return (
    <>
      {!offer.goodsName && (
        <TextInput
          label={t(offer.instrument === 'tool_loan' ? 'pledge.toolName' : 'pledge.goodsName')}
          {...form.getInputProps('goods.name')}
        />
      )}
      <TextInput
        label={t('pledge.quantity')}
        inputMode="decimal"
        autoComplete="off"
        size="lg"
        {...form.getInputProps('goods.quantity')}
      />
      <Proposals
        all={missingProposals(missing)}
        take={(value) => form.setFieldValue('goods.quantity', value)}
      />
      {!offer.goodsUnit && (
        <TextInput
          label={t('pledge.unit')}
          autoComplete="off"
          autoCapitalize="none"
          {...form.getInputProps('goods.unit')}
        />
      )}
      <ValueInput form={form} path="goods.value" currency={contract.currency} />
    </>
  );
}

interface ValueInputProps {
  readonly form: PledgeFieldsProps['form'];
  readonly path: 'hours.value' | 'goods.value';
  readonly currency: string;
}

function ValueInput({ form, path, currency }: ValueInputProps) {
  const { t } = useTranslation('instruments');
  return (
    <AmountInput
      label={t('pledge.value')}
      description={t('pledge.valueHint')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      currency={currency}
      {...form.getInputProps(path)}
    />
  );
}

interface Proposal {
  readonly label: string;
  readonly value: string;
}

/** What is likely meant, one touch away. */
function Proposals({
  all,
  take,
}: {
  readonly all: readonly Proposal[];
  readonly take: (value: string) => void;
}) {
  return (
    <Group gap="xs">
      {all.map(({ label, value }) => (
        <Button key={value} variant="default" size="sm" mih={44} onClick={() => take(value)}>
          {label}
        </Button>
      ))}
    </Group>
  );
}

/** What is missing, and an equal share of the threshold for each receiving community. */
function moneyProposals(contract: ContractDetailsFragment): bigint[] {
  const threshold = BigInt(contract.funding.threshold.amountMinor);
  const missing = threshold - BigInt(contract.funding.pledged.amountMinor);
  const share = threshold / BigInt(Math.max(1, contract.receivingCommunities.length));
  return [...new Set([share < missing ? share : missing, missing])].filter((amount) => amount > 0n);
}

/** What a threshold still lacks. */
function missingProposals(threshold: ContractDetailsFragment['thresholds'][number] | undefined): Proposal[] {
  if (!threshold) return [];
  const missing = (parseMilli(threshold.quantity) ?? 0n) - (parseMilli(threshold.pledged) ?? 0n);
  if (missing <= 0n) return [];
  const value = formatMilli(missing);
  return [{ value, label: `${formatDecimal(value)} ${threshold.unit}` }];
}

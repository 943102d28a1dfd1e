import { LIMITS, type InputCheck } from '#kernel';
import type { ContractDetailsFragment, DraftContractInput, Tier } from '~/generated/graphql';
import { i18next } from '~/app/i18n';
import { editableAmount, parseAmount } from '~/ui/format';
import { rowKey } from '~/ui/row-key';
import {
  checkOffer,
  draftOffer,
  emptyOffer,
  isPlainLoan,
  offerInput,
  type DraftOffer,
} from '~/features/instruments/offer-form';
import {
  checkThresholds,
  draftThresholds,
  thresholdInputs,
  type DraftThreshold,
} from '~/features/instruments/threshold-form';
import { repaymentOf } from './rhythm';

export interface DraftDeliverable {
  readonly key: string;
  readonly productVersionId: string;
  readonly receiverId: string;
  readonly tier: Tier;
  readonly quantity: number | string;
  readonly unitPrice: string;
  readonly dueOn: string;
}

/** What the editor holds: texts as typed, read as money and days only when they are checked or sent. */
export interface DraftValues {
  readonly fablabId: string;
  readonly receivingCommunityIds: string[];
  readonly title: string;
  readonly summary: string;
  readonly currency: string;
  readonly deadline: string;
  /** Of money. */
  readonly threshold: string;
  readonly thresholds: DraftThreshold[];
  readonly deliverables: DraftDeliverable[];
  readonly offers: DraftOffer[];
  readonly endCondition: string;
  readonly mediator: string;
  readonly milestones: { readonly key: string; readonly name: string; readonly dueOn: string }[];
}

export function emptyDeliverable(): DraftDeliverable {
  return {
    key: rowKey(),
    productVersionId: '',
    receiverId: '',
    tier: 'fair',
    quantity: '',
    unitPrice: '',
    dueOn: '',
  };
}

export function emptyDraft(fablabId: string): DraftValues {
  return {
    fablabId,
    receivingCommunityIds: [],
    title: '',
    summary: '',
    currency: 'EUR',
    deadline: '',
    threshold: '',
    thresholds: [],
    deliverables: [emptyDeliverable()],
    offers: [emptyOffer('loan')],
    endCondition: '',
    mediator: '',
    milestones: [],
  };
}

export function draftOf(contract: ContractDetailsFragment): DraftValues {
  return {
    fablabId: contract.fablab.id,
    receivingCommunityIds: contract.receivingCommunities.map((community) => community.id),
    title: contract.title,
    summary: contract.summary,
    currency: contract.currency,
    deadline: contract.deadline,
    threshold: editableAmount(contract.funding.threshold),
    thresholds: draftThresholds(contract.thresholds),
    deliverables: contract.deliverables.map((each) => ({
      key: rowKey(),
      productVersionId: each.productVersion.id,
      receiverId: each.receiver.id,
      tier: each.tier,
      quantity: each.quantity,
      unitPrice: editableAmount(each.unitPrice),
      dueOn: each.dueOn,
    })),
    offers: contract.offers.map(draftOffer),
    endCondition: contract.endCondition,
    mediator: contract.mediator,
    milestones: contract.milestones.map(({ name, dueOn }) => ({ key: rowKey(), name, dueOn })),
  };
}

/** Refuses what the server refuses, while the person is still at the field. */
export function checkDraft(check: InputCheck, values: DraftValues): void {
  const t = i18next.getFixedT(null, 'contracting');
  check.text('title', values.title, { max: LIMITS.titleCharsMax, name: t('editor.titleName') });
  check.text('summary', values.summary, { max: LIMITS.summaryCharsMax, name: t('editor.summaryName') });
  check.currency('currency', values.currency);
  check.day('deadline', values.deadline, t('editor.deadlineName'));
  if (values.receivingCommunityIds.length === 0)
    check.refuse('receivingCommunityIds', t('editor.receiversProblem'));
  const needsNoMoney = values.threshold.trim() === '' && values.thresholds.length > 0;
  if (!needsNoMoney && parseAmount(values.threshold, values.currency) === null)
    check.refuse(
      'threshold',
      i18next.t('thresholds.moneyProblem', { ns: 'instruments', currency: values.currency }),
    );
  checkThresholds(check, values.thresholds);
  for (const [index, each] of values.deliverables.entries()) {
    const path = `deliverables.${index}`;
    if (each.productVersionId === '') check.refuse(`${path}.productVersionId`, t('editor.versionProblem'));
    if (!values.receivingCommunityIds.includes(each.receiverId)) {
      check.refuse(`${path}.receiverId`, t('editor.receiverProblem'));
    }
    const quantity = typeof each.quantity === 'number' ? each.quantity : null;
    check.integer(`${path}.quantity`, quantity, {
      min: 1,
      max: LIMITS.quantityMax,
      name: t('editor.quantityName'),
    });
    if (parseAmount(each.unitPrice, values.currency) === null)
      check.refuse(`${path}.unitPrice`, t('editor.priceProblem'));
    check.day(`${path}.dueOn`, each.dueOn, t('editor.dueOnName'));
  }
  const long = { max: LIMITS.summaryCharsMax };
  for (const [index, offer] of values.offers.entries()) checkOffer(check, offer, `offers.${index}`, values);
  check.text('endCondition', values.endCondition, { ...long, name: t('editor.endConditionName') });
  check.text('mediator', values.mediator, { max: LIMITS.nameCharsMax, name: t('editor.mediatorName') });
  for (const [index, each] of values.milestones.entries()) {
    check.text(`milestones.${index}.name`, each.name, {
      max: LIMITS.nameCharsMax,
      name: t('editor.milestoneName'),
    });
    check.day(`milestones.${index}.dueOn`, each.dueOn, t('editor.dueOnName'));
  }
}

/** The checked values as the API takes them. */
export function inputOf(values: DraftValues): Omit<DraftContractInput, 'idempotencyKey'> {
  const amount = (text: string) => ({
    amountMinor: `${parseAmount(text, values.currency) ?? 0n}`,
    currency: values.currency,
  });
  return {
    fablabId: values.fablabId,
    receivingCommunityIds: values.receivingCommunityIds,
    title: values.title,
    summary: values.summary,
    currency: values.currency,
    deadline: values.deadline,
    threshold: amount(values.threshold),
    thresholds: thresholdInputs(values.thresholds),
    deliverables: values.deliverables.map(({ key: _key, quantity, unitPrice, ...rest }) => ({
      ...rest,
      quantity: Number(quantity),
      unitPrice: amount(unitPrice),
    })),
    ...supportOf(values.offers),
    endCondition: values.endCondition,
    mediator: values.mediator,
    milestones: values.milestones.map(({ name, dueOn }) => ({ name, dueOn })),
  };
}

/** A single loan stays what it was before there were other offers, so that an amendment shows no difference in it. */
function supportOf(
  offers: readonly DraftOffer[],
): Pick<DraftContractInput, 'offers' | 'repaymentTerms' | 'repayment'> {
  const [first, ...others] = offers;
  if (!first || others.length > 0 || !isPlainLoan(first)) return { offers: offers.map(offerInput) };
  const repayment = repaymentOf(first.repayment);
  return { repaymentTerms: first.words, ...(repayment && { repayment }) };
}

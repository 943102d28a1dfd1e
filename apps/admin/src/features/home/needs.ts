import { i18next } from '~/app/i18n';
import { communitiesOf, type Viewer } from '~/features/identity/use-viewer';
import type { ContractLineFragment, ContractsQuery, MyJobsQuery } from '~/generated/graphql';
import { formatAmount, formatDay } from '~/ui/format';

/** Something that waits for this person: a sentence, and the page where it is done. */
export interface Need {
  readonly key: string;
  readonly kind: 'job' | 'accept' | 'pledge' | 'open' | 'pay';
  readonly title: string;
  readonly sentence: string;
  readonly action: string;
  readonly to: string;
}

/** Jobs in hand come first: somebody else waits for them. */
export function jobNeeds(data: MyJobsQuery | undefined): Need[] {
  const t = i18next.getFixedT(null, 'home');
  return (data?.myJobs ?? []).map((job) => ({
    key: `job ${job.id}`,
    kind: 'job',
    title: job.name,
    sentence: t('need.job', {
      number: job.number,
      section: job.section.name,
      product: job.workOrder.productName,
    }),
    action: t('need.jobAction'),
    to: `/workshop/${job.section.fablab.slug}/${job.section.slug}`,
  }));
}

export function contractNeeds(viewer: Viewer, { contracts }: ContractsQuery): Need[] {
  return contracts.nodes.flatMap((contract) => needsOf(viewer, contract));
}

function needsOf(viewer: Viewer, contract: ContractLineFragment): Need[] {
  const t = i18next.getFixedT(null, 'home');
  const can = (name: string): boolean => contract.viewerCan.includes(name);
  const to = `/contracts/${contract.ref}`;
  const base = { title: contract.title, to };
  const needs: Need[] = [];
  if (can('openContract')) {
    needs.push({
      ...base,
      key: `open ${contract.id}`,
      kind: 'open',
      sentence: t('need.open', { ref: contract.ref }),
      action: t('need.openAction'),
    });
  }
  if (can('acceptRelease')) {
    needs.push({
      ...base,
      key: `accept ${contract.id}`,
      kind: 'accept',
      sentence: t('need.accept', { ref: contract.ref }),
      action: t('need.acceptAction'),
    });
  }
  if (can('acceptAmendment')) {
    needs.push({
      ...base,
      key: `amendment ${contract.id}`,
      kind: 'accept',
      sentence: t('need.amendment', { ref: contract.ref }),
      action: t('need.acceptAction'),
    });
  }
  const { threshold, pledged, received } = contract.funding;
  const missing = BigInt(threshold.amountMinor) - BigInt(pledged.amountMinor);
  if (can('makePledge') && missing > 0n && receivesFor(viewer, contract)) {
    const amount = formatAmount({ amountMinor: `${missing}`, currency: contract.currency });
    needs.push({
      ...base,
      key: `pledge ${contract.id}`,
      kind: 'pledge',
      sentence: t('need.pledge', { ref: contract.ref, amount, day: formatDay(contract.deadline) }),
      action: t('need.pledgeAction'),
      to: `${to}/pledge`,
    });
  }
  const owed = BigInt(pledged.amountMinor) - BigInt(received.amountMinor);
  if (can('recordPayment') && contract.state === 'active' && owed > 0n) {
    const amount = formatAmount({ amountMinor: `${owed}`, currency: contract.currency });
    needs.push({
      ...base,
      key: `pay ${contract.id}`,
      kind: 'pay',
      sentence: t('need.pay', { ref: contract.ref, amount }),
      action: t('need.payAction'),
    });
  }
  return needs;
}

function receivesFor(viewer: Viewer, contract: ContractLineFragment): boolean {
  const own = new Set(communitiesOf(viewer, 'coordinator', 'treasurer').map((community) => community.id));
  return contract.receivingCommunities.some((community) => own.has(community.id));
}

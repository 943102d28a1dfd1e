import type { Money } from '#kernel';
import type { TerminationModel } from './graphql/termination.model.js';
import type { TerminationRow } from './persistence/termination.reader.js';

/** A proposal to end a contract as the API shows it. */
export function terminationView({
  contractId: _contract,
  currency,
  lines,
  asked,
  acceptances,
  ...row
}: TerminationRow): TerminationModel {
  const money = (amountMinor: bigint): Money => ({ amountMinor, currency });
  return {
    ...row,
    settlement: lines.map((line) => ({
      pledgeId: line.pledgeId,
      owed: money(line.owedMinor),
      repaid: money(line.repaidMinor),
      forgiven: money(line.forgivenMinor),
      due: money(line.dueMinor),
      plan: line.plan,
      isChanged: line.isChanged,
    })),
    answers: asked.map((communityId) => {
      const given = acceptances.find((each) => each.communityId === communityId);
      return {
        communityId,
        personId: given?.personId ?? null,
        acceptedAt: given?.acceptedAt ?? null,
        role: given?.role ?? null,
      };
    }),
  };
}

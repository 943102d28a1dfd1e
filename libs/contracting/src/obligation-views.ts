import type { Currency, Day, Money } from '#kernel';
import {
  instalmentsOwed,
  interestDueMinor,
  outstandingMinor,
  owedMinor,
  unitsOpen,
  type Obligation,
  type ObligationEvent,
} from './domain/obligation.js';
import { isOpen } from './domain/returns/index.js';
import { freeUnitsOpen } from './domain/returns/units.js';
import { nextDue, type Instalment } from './domain/schedule.js';
import type { InstalmentModel, ObligationEventModel, ObligationModel } from './graphql/obligation.model.js';

/** An obligation as the API shows it. */
export function obligationView(obligation: Obligation, today: Day): ObligationModel {
  const { currency } = obligation;
  const money = (amountMinor: bigint): Money => ({ amountMinor, currency });
  const instalments = instalmentsOwed(obligation);
  const due = nextDue(instalments);
  return {
    owed: money(owedMinor(obligation)),
    interest: money(interestDueMinor(obligation, today)),
    repaid: money(obligation.repaidMinor),
    forgiven: money(obligation.forgivenMinor),
    outstanding: money(obligation.state === 'active' ? outstandingMinor(obligation) : 0n),
    waived: money(obligation.waivedMinor),
    isOpen: isOpen(obligation),
    unitsOpen: unitsOpen(obligation),
    unitsDelivered: obligation.unitsDelivered,
    unitsWaived: obligation.unitsWaived,
    freeUnitsOpen: freeUnitsOpen(obligation),
    freeUnitsDelivered: obligation.freeDelivered,
    freeUnitsWaived: obligation.freeWaived,
    instalments: instalments.map((each) => instalmentView(each, currency)),
    nextDue: due && instalmentView(due, currency),
    events: obligation.events.map((event) => eventView(event, currency)),
  };
}

export function instalmentView(
  { number, dueOn, amountMinor, openMinor }: Instalment,
  currency: Currency,
): InstalmentModel {
  return {
    number,
    dueOn,
    amount: { amountMinor, currency },
    open: { amountMinor: openMinor, currency },
  };
}

function eventView(
  { amountMinor, interestMinor, rhythm, ...event }: ObligationEvent,
  currency: Currency,
): ObligationEventModel {
  return {
    ...event,
    amount: { amountMinor: rhythm ? 0n : amountMinor, currency },
    interest: { amountMinor: interestMinor, currency },
    instalments: rhythm?.instalments ?? null,
    firstDueOn: rhythm?.firstDueOn ?? null,
    everyMonths: rhythm?.everyMonths ?? null,
  };
}

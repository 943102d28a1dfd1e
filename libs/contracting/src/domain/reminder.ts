import { formatMilli, type Currency, type Day, type Id } from '#kernel';
import { partiesOf, type ContractState } from './contract.js';
import { instalmentsOwed, outstandingMilli, owedMinor, type Obligation } from './obligation.js';
import { nextDue } from './schedule.js';
import { missingOf, thresholdWords, type Contributed, type Threshold } from './threshold.js';
import { amountWords, dayWords, listWords } from './words.js';

/** Days before and after the day that counts. Each stage is told once, and a stage that was slept through is left out. */
export const REMINDER_DAYS = {
  instalmentBefore: 7,
  instalmentLate: 7,
  deadlineSoon: 14,
  deadlineLast: 3,
  proposalAgain: 7,
  answerBefore: 3,
  contributionAfter: 30,
  news: 7,
} as const;

export type ReminderKind = 'instalments' | 'deadlines' | 'questions' | 'changes';
export type ReminderRole = 'coordinator' | 'treasurer';

/** Something to tell those who hold one of the roles in a community. */
export interface Reminder {
  /** The same for the same: nobody is told twice. */
  readonly occasion: string;
  readonly kind: ReminderKind;
  readonly communityId: Id<'community'>;
  readonly roles: readonly ReminderRole[];
  readonly subject: string;
  readonly body: string;
}

/** A contract, as far as it gives rise to reminders. Days are in UTC. */
export interface ReminderFacts {
  readonly ref: string;
  readonly title: string;
  readonly state: ContractState;
  readonly currency: Currency;
  readonly deadline: Day;
  readonly openedOn: Day | null;
  readonly activatedOn: Day | null;
  readonly endedOn: Day | null;
  readonly fablabId: Id<'community'>;
  readonly receivingCommunityIds: readonly Id<'community'>[];
  readonly releaseNumber: number | null;
  /** Parties that accepted the release in force. */
  readonly acceptedBy: readonly Id<'community'>[];
  /** All that must be pledged, and the pledges that count towards it. */
  readonly thresholds: readonly Threshold[];
  readonly pledges: readonly Contributed[];
  /** Amendments and settlements that are not decided, with those who have said neither yes nor no. */
  readonly proposals: readonly {
    readonly what: 'amendment' | 'settlement';
    readonly number: number;
    readonly proposedOn: Day;
    readonly waitsFor: readonly Id<'community'>[];
  }[];
  /** Of a contract that is active, or was terminated and still owes. */
  readonly obligations: readonly Obligation[];
  /** Those that wait for an answer. */
  readonly questions: readonly {
    readonly number: number;
    readonly askedBy: Id<'community'>;
    readonly dueOn: Day;
  }[];
}

export type NameOf = (id: Id<'community'>) => string;

/** Everything that is to be said about a contract on a day. Said again on the next day it is the same occasion. */
export function remindersOf(facts: ReminderFacts, today: Day, nameOf: NameOf): Reminder[] {
  return [
    ...instalmentReminders(facts, today, nameOf),
    ...contributionReminders(facts, today, nameOf),
    ...openReminders(facts, today),
    ...proposalReminders(facts, today),
    ...questionReminders(facts, today, nameOf),
    ...newsOf(facts, today),
  ];
}

function instalmentReminders(facts: ReminderFacts, today: Day, nameOf: NameOf): Reminder[] {
  if (facts.state !== 'active' && facts.state !== 'terminated') return [];
  return facts.obligations.flatMap((obligation): Reminder[] => {
    // Units, tools and gifts come back in no instalments of money.
    const lent = obligation.returnKind === 'money' && owedMinor(obligation) > 0n;
    const due = lent ? nextDue(instalmentsOwed(obligation)) : null;
    if (!due) return [];
    const inDays = daysUntil(due.dueOn, today);
    if (inDays > REMINDER_DAYS.instalmentBefore) return [];
    const stage = inDays > 0 ? 'before' : inDays > -REMINDER_DAYS.instalmentLate ? 'due' : 'late';
    const occasion = `instalment:${obligation.pledgeId}:${due.dueOn}:${stage}`;
    const amount = amountWords(due.openMinor, obligation.currency);
    const [supporter, fablab] = [nameOf(obligation.communityId), nameOf(facts.fablabId)];
    const when = { before: 'is due', due: 'is due now', late: 'is late' }[stage];
    const payer: Reminder = {
      occasion,
      kind: 'instalments',
      communityId: facts.fablabId,
      roles: ['treasurer'],
      subject: `${facts.ref}: ${amount} ${when} to ${supporter}`,
      body: `For ${named(facts)}, ${amount} ${stage === 'before' ? 'is' : 'was'} due to ${supporter} on ${dayWords(due.dueOn)}. Please record the repayment when it is made; if it must come later, ask ${supporter} for a new schedule.`,
    };
    if (stage !== 'late') return [payer];
    const payee: Reminder = {
      occasion: `${occasion}:supporter`,
      kind: 'instalments',
      communityId: obligation.communityId,
      roles: ['treasurer'],
      subject: `${facts.ref}: ${amount} from ${fablab} is late`,
      body: `For ${named(facts)}, ${amount} was due from ${fablab} on ${dayWords(due.dueOn)} and is not recorded as repaid. You can ask about it on the contract’s page, or grant a new schedule.`,
    };
    return [payer, payee];
  });
}

/** Hours and goods that bind and have not come: they have no day of their own, so it is asked once, after a while. */
function contributionReminders(facts: ReminderFacts, today: Day, nameOf: NameOf): Reminder[] {
  if (facts.state !== 'active' || facts.activatedOn === null) return [];
  if (-daysUntil(facts.activatedOn, today) < REMINDER_DAYS.contributionAfter) return [];
  return facts.obligations.flatMap((obligation): Reminder[] => {
    const { state, contribution, item, unit, pledgeId, communityId } = obligation;
    const milli = outstandingMilli(obligation);
    if (state !== 'active' || contribution === 'money' || milli === 0n) return [];
    const what = `${formatMilli(milli)} ${unit ?? ''} ${item ?? ''}`;
    const how = contribution === 'hours' ? 'is not worked yet' : 'has not come yet';
    const then =
      contribution === 'hours'
        ? 'Hours count when they are logged on the contract’s jobs by your members.'
        : `Please bring it to ${nameOf(facts.fablabId)}, where it is recorded.`;
    return [
      {
        occasion: `contribution:${pledgeId}`,
        kind: 'deadlines',
        communityId,
        roles: ['coordinator'],
        subject: `${facts.ref}: ${what} of your pledge ${how}`,
        body: `For ${named(facts)}, ${what} that your community pledged ${how}. ${then} What cannot come can be waived by the fablab.`,
      },
    ];
  });
}

/** What keeps an open contract from becoming active, told to those who can do something about it. */
function openReminders(facts: ReminderFacts, today: Day): Reminder[] {
  if (facts.state !== 'open' || facts.openedOn === null || facts.openedOn >= today) return [];
  const inDays = daysUntil(facts.deadline, today);
  if (inDays < 0) return [];
  const stage =
    inDays <= REMINDER_DAYS.deadlineLast ? 'last' : inDays <= REMINDER_DAYS.deadlineSoon ? 'soon' : 'asked';
  const missing = missingOf(facts.thresholds, facts.pledges).map((each) =>
    thresholdWords(each, facts.currency),
  );
  return partiesOf(facts).flatMap((communityId): Reminder[] => {
    const accepts = !facts.acceptedBy.includes(communityId);
    const pledges = stage !== 'asked' && missing.length > 0;
    if (!accepts && !pledges) return [];
    const receives = communityId !== facts.fablabId;
    const what = accepts ? 'waits for your community’s acceptance' : `still looks for ${listWords(missing)}`;
    return [
      {
        occasion: `deadline:${facts.ref}:${facts.releaseNumber ?? 0}:${facts.deadline}:${stage}:${communityId}`,
        kind: 'deadlines',
        communityId,
        roles: pledges && receives ? ['coordinator', 'treasurer'] : ['coordinator'],
        subject: `${facts.ref} ${what}${stage === 'asked' ? '' : `, until ${dayWords(facts.deadline)}`}`,
        body: [
          `${capital(named(facts))} is open until ${dayWords(facts.deadline)}.`,
          ...(accepts ? ['Your community has not accepted its release yet.'] : []),
          ...(pledges
            ? [`${capital(listWords(missing))} ${missing.length > 1 ? 'are' : 'is'} not pledged yet.`]
            : []),
          'If it is not active by the end of that day, it lapses and every pledge is void.',
        ].join(' '),
      },
    ];
  });
}

const PROPOSED = {
  amendment: ['an amendment', 'comes into force when every party has accepted it'],
  settlement: [
    'a settlement',
    'would end the contract before its time, when everybody asked has accepted it',
  ],
} as const;

function proposalReminders(facts: ReminderFacts, today: Day): Reminder[] {
  if (facts.state !== 'open' && facts.state !== 'active') return [];
  return facts.proposals.flatMap(({ what, number, proposedOn, waitsFor }) => {
    const stage = -daysUntil(proposedOn, today) >= REMINDER_DAYS.proposalAgain ? 'again' : 'asked';
    const [words, effect] = PROPOSED[what];
    return waitsFor.map((communityId): Reminder => ({
      occasion: `${what}:${facts.ref}:${number}:${stage}:${communityId}`,
      kind: 'deadlines',
      communityId,
      roles: ['coordinator'],
      subject: `${facts.ref}: ${words} waits for your community`,
      body: `For ${named(facts)}, ${words} was proposed on ${dayWords(proposedOn)}. It ${effect}; your community has not said yes or no yet.`,
    }));
  });
}

function questionReminders(facts: ReminderFacts, today: Day, nameOf: NameOf): Reminder[] {
  if (facts.state !== 'draft' && facts.state !== 'open' && facts.state !== 'active') return [];
  return facts.questions.flatMap(({ number, askedBy, dueOn }) => {
    const inDays = daysUntil(dueOn, today);
    if (inDays > REMINDER_DAYS.answerBefore) return [];
    const late = inDays < 0;
    const asked = askedBy === facts.fablabId ? facts.receivingCommunityIds : [facts.fablabId];
    return asked.map((communityId): Reminder => ({
      occasion: `question:${facts.ref}:${number}:${late ? 'late' : 'soon'}:${communityId}`,
      kind: 'questions',
      communityId,
      roles: ['coordinator'],
      subject: `${facts.ref}: question ${number} ${late ? 'is overdue' : `is to be answered by ${dayWords(dueOn)}`}`,
      body: `${nameOf(askedBy)} asked question ${number} about ${named(facts)}. As published, it ${late ? 'was' : 'is'} to be answered by ${dayWords(dueOn)}.${late ? ' Who asked may object now.' : ''}`,
    }));
  });
}

const NEWS: Readonly<Partial<Record<ContractState, readonly [what: string, then: string]>>> = {
  active: [
    'is active',
    'Every party has accepted it and what must be pledged is pledged: pledges bind from now on, and the work begins.',
  ],
  lapsed: [
    'has lapsed',
    'Its deadline passed before it could become active. Every pledge is void; nothing is erased.',
  ],
  completed: [
    'is completed',
    'Nothing is owed for it any more. The closing release is published, and with it the scrutiny of the supporters has ended.',
  ],
  withdrawn: ['was withdrawn', 'It is not offered any more, and every pledge is void.'],
  terminated: ['was terminated', 'It ended before everything was done; its page says how it was settled.'],
};

/** That a contract began or ended, to everybody who speaks or keeps books for a party. */
function newsOf(facts: ReminderFacts, today: Day): Reminder[] {
  const news = NEWS[facts.state];
  const on = facts.state === 'active' ? facts.activatedOn : facts.endedOn;
  // What never was public is no news.
  if (!news || on === null || facts.openedOn === null) return [];
  if (-daysUntil(on, today) >= REMINDER_DAYS.news) return [];
  const [what, then] = news;
  return partiesOf(facts).map((communityId) => ({
    // Without the community: who speaks for two parties is told once.
    occasion: `news:${facts.ref}:${facts.state}`,
    kind: 'changes',
    communityId,
    roles: ['coordinator', 'treasurer'],
    subject: `${facts.ref} ${what}`,
    body: `${capital(named(facts))} ${what} (${dayWords(on)}). ${then}`,
  }));
}

function named({ ref, title }: ReminderFacts): string {
  return `the contract ${ref}, “${title}”`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function daysUntil(day: Day, today: Day): number {
  return (Date.parse(day) - Date.parse(today)) / 86_400_000;
}

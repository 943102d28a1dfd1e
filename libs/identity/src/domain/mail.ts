/**
 * What a mail is about: money that is due, a day by which something must be done, a question that waits for an answer,
 * or that a contract has begun or ended. A person can switch each kind off.
 */
export const MAIL_KINDS = ['instalments', 'deadlines', 'questions', 'changes'] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

/** `failed`: the server refused it for good, or none took it for too long. */
export const MAIL_STATES = ['queued', 'sent', 'failed'] as const;
export type MailState = (typeof MAIL_STATES)[number];

export const MAIL_SUBJECT_CHARS_MAX = 200;
export const MAIL_BODY_CHARS_MAX = 10_000;

/** Pauses after the first tries; the last one stands for all that follow. */
const RETRY_MINUTES = [1, 5, 15, 60, 240] as const;
/** A reminder that comes later than this helps nobody. */
const GIVE_UP_HOURS = 72;

/** Why a try failed. `isFinal`: the server looked at this very mail and will not have it. */
export interface MailFailure {
  readonly isFinal: boolean;
  readonly reason: string;
}

export interface MailOutcome {
  readonly state: MailState;
  /** When it is tried again; null when it is not. */
  readonly nextAttemptAt: Date | null;
}

/** @param attempts with the one that failed */
export function afterFailure(
  mail: { readonly attempts: number; readonly createdAt: Date },
  failure: MailFailure,
  now: Date,
): MailOutcome {
  const minutes = RETRY_MINUTES[Math.min(mail.attempts, RETRY_MINUTES.length) - 1] ?? RETRY_MINUTES[0];
  const next = new Date(now.getTime() + minutes * 60_000);
  const last = mail.createdAt.getTime() + GIVE_UP_HOURS * 3_600_000;
  if (failure.isFinal || next.getTime() > last) return { state: 'failed', nextAttemptAt: null };
  return { state: 'queued', nextAttemptAt: next };
}

/** What is written at the door of a mail: once, in the words of the context that knows the occasion. */
export interface MailText {
  readonly kind: MailKind;
  readonly subject: string;
  /** Paragraphs, with an empty line between them. */
  readonly body: string;
  /** The page of the web app where it can be done, such as `/contracts/CSM-2026-0001`. */
  readonly path: string;
}

const WHY: Readonly<Record<MailKind, string>> = {
  instalments: 'money that is due',
  deadlines: 'deadlines and what waits for an acceptance',
  questions: 'questions that wait for an answer',
  changes: 'contracts that begin or end',
};

/** The whole text of a mail, as plain text: readable everywhere, and nothing in it is fetched from elsewhere. */
export function composeMail(
  mail: MailText & { readonly displayName: string },
  addresses: { readonly origin: string; readonly unsubscribe: string },
): string {
  return [
    `Hello ${mail.displayName},`,
    mail.body,
    `${addresses.origin}/app${mail.path}`,
    `--\nYou get this because of your role in a community. To get no more mails about ${WHY[mail.kind]}:\n${addresses.unsubscribe}`,
  ].join('\n\n');
}

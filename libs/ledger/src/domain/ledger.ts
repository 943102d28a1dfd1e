import { DomainError, type Currency, type Day, type Id } from '#kernel';

/** Which side makes an account larger: debits for what is owned, credits for what is owed. */
export type NormalSide = 'debit' | 'credit';

/** `posted` with a pending transfer is its posting; `voided` and `expired` end one without money moving. */
export const TRANSFER_STATES = ['pending', 'posted', 'voided', 'expired'] as const;
export type TransferState = (typeof TRANSFER_STATES)[number];

/** `posted` is money; `pending` is reserved by a pending transfer, and `released` takes that back. */
export const ENTRY_LAYERS = ['posted', 'pending', 'released'] as const;
export type EntryLayer = (typeof ENTRY_LAYERS)[number];

/** One leg: a debit is above zero, a credit below, in minor units of the account's currency. */
export interface Leg {
  readonly accountId: Id<'account'>;
  readonly amountMinor: bigint;
}

export interface LedgerAccount {
  readonly id: Id<'account'>;
  readonly currency: Currency;
  readonly normalSide: NormalSide;
  /** Never below zero on its normal side, what pending transfers may yet take included. */
  readonly limited: boolean;
}

export interface LedgerEntry extends Leg {
  readonly layer: EntryLayer;
}

export interface LedgerTransfer {
  readonly id: Id<'transfer'>;
  readonly state: TransferState;
  readonly key: string;
  /** What the key stands for: a second use with another body is refused. */
  readonly body: string;
  readonly entries: readonly LedgerEntry[];
  readonly pendingTransferId: Id<'transfer'> | null;
  readonly reversesTransferId: Id<'transfer'> | null;
}

/** All there is to know: accounts, and what was booked in order. Balances follow from it. */
export interface Ledger {
  readonly accounts: ReadonlyMap<Id<'account'>, LedgerAccount>;
  readonly transfers: ReadonlyMap<Id<'transfer'>, LedgerTransfer>;
}

export type LedgerCommand = { readonly id: Id<'transfer'>; readonly key: string } & (
  | {
      readonly type: 'transfer' | 'pend';
      readonly description: string;
      readonly valueDate: Day;
      readonly legs: readonly Leg[];
    }
  | {
      readonly type: 'post';
      readonly description: string;
      readonly valueDate: Day;
      readonly pendingId: Id<'transfer'>;
      /** The part that is posted; null: the whole. The rest is released. */
      readonly amountMinor: bigint | null;
    }
  | {
      readonly type: 'void' | 'expire';
      readonly description: string;
      readonly valueDate: Day;
      readonly pendingId: Id<'transfer'>;
    }
  | {
      readonly type: 'reverse';
      readonly description: string;
      readonly valueDate: Day;
      readonly transferId: Id<'transfer'>;
    }
);

/** Posted and held amounts of an account on its normal side, and what pending transfers would change in sum. */
export interface AccountBalance {
  readonly postedMinor: bigint;
  readonly heldMinor: bigint;
  readonly pendingMinor: bigint;
}

/**
 * Refuses legs that no ledger can book.
 * @throws DomainError `BAD_INPUT` for fewer than two legs, a zero amount, one account twice, or debits that differ
 * from credits in a currency (where the accounts are known)
 */
export function assertBookable(legs: readonly Leg[], accounts?: Ledger['accounts']): void {
  const refuse = (message: string): never => {
    throw DomainError.badInput([{ field: 'legs', message }]);
  };
  if (legs.length < 2) refuse('A transfer needs at least two entries.');
  if (legs.some(({ amountMinor }) => amountMinor === 0n)) refuse('An entry of zero moves nothing.');
  if (new Set(legs.map(({ accountId }) => accountId)).size < legs.length)
    refuse('An account can have one entry in a transfer.');
  const sums = new Map<string, bigint>();
  for (const { accountId, amountMinor } of legs) {
    const currency = accounts?.get(accountId)?.currency ?? '';
    sums.set(currency, (sums.get(currency) ?? 0n) + amountMinor);
  }
  if ([...sums.values()].some((sum) => sum !== 0n)) refuse('Debits and credits of a transfer must be equal.');
}

/** Folds every entry of an account. */
export function balanceOf(ledger: Ledger, accountId: Id<'account'>): AccountBalance {
  const side = ledger.accounts.get(accountId)?.normalSide === 'credit' ? -1n : 1n;
  let [postedMinor, heldMinor, pendingMinor] = [0n, 0n, 0n];
  for (const { entries } of ledger.transfers.values()) {
    for (const entry of entries) {
      if (entry.accountId !== accountId) continue;
      const amount = entry.amountMinor * side;
      if (entry.layer === 'posted') postedMinor += amount;
      else pendingMinor += amount;
      if (entry.layer === 'pending' && amount < 0n) heldMinor -= amount;
      if (entry.layer === 'released' && amount > 0n) heldMinor -= amount;
    }
  }
  return { postedMinor, heldMinor, pendingMinor };
}

/**
 * Books one command.
 * @returns the ledger after it, and the id of the transfer: an earlier one when the key was used with the same body
 * @throws DomainError `KEY_REUSED`, `NOT_FOUND`, `INVALID_STATE`, `INSUFFICIENT_FUNDS` or `BAD_INPUT`
 */
export function book(
  ledger: Ledger,
  command: LedgerCommand,
): { readonly ledger: Ledger; readonly transferId: Id<'transfer'> } {
  const planned = plan(ledger, command);
  const earlier = [...ledger.transfers.values()].find(({ key }) => key === command.key);
  if (earlier && earlier.body !== planned.body) {
    throw new DomainError('KEY_REUSED', 'This key was used for another transfer.', {
      transferId: earlier.id,
    });
  }
  if (earlier) return { ledger, transferId: earlier.id };
  assertOnlyOnce(ledger, planned);
  const next = { ...ledger, transfers: new Map(ledger.transfers).set(planned.id, planned) };
  for (const accountId of new Set(planned.entries.map((entry) => entry.accountId)))
    assertCovered(next, accountId);
  return { ledger: next, transferId: planned.id };
}

function plan(ledger: Ledger, command: LedgerCommand): LedgerTransfer {
  const { id, key } = command;
  const frame = { id, key, pendingTransferId: null, reversesTransferId: null };
  if ('legs' in command) {
    const state = command.type === 'pend' ? 'pending' : 'posted';
    assertBookable(command.legs, ledger.accounts);
    if (command.type === 'pend') assertPendable(command.legs);
    for (const { accountId } of command.legs)
      if (!ledger.accounts.has(accountId)) throw DomainError.notFound('account', accountId);
    return {
      ...frame,
      state,
      body: bodyOf(command),
      entries: command.legs.map((leg) => ({ ...leg, layer: state })),
    };
  }
  if ('transferId' in command) {
    const original = ledger.transfers.get(command.transferId);
    if (original?.state !== 'posted' || original.reversesTransferId !== null) throw notReversible();
    const mirrored = original.entries.filter(({ layer }) => layer === 'posted');
    const entries = mirrored.map((entry) => ({ ...entry, amountMinor: -entry.amountMinor }));
    return { ...frame, state: 'posted', body: bodyOf(command), entries, reversesTransferId: original.id };
  }
  return planResolution(ledger, command, frame);
}

type Resolution = Extract<LedgerCommand, { pendingId: Id<'transfer'> }>;

function planResolution(
  ledger: Ledger,
  command: Resolution,
  frame: Omit<LedgerTransfer, 'state' | 'body' | 'entries'>,
): LedgerTransfer {
  const pending = ledger.transfers.get(command.pendingId);
  if (pending?.state !== 'pending') throw DomainError.notFound('pending transfer', command.pendingId);
  const whole = pending.entries.find(({ amountMinor }) => amountMinor > 0n)?.amountMinor ?? 0n;
  const part = command.type === 'post' ? (command.amountMinor ?? whole) : whole;
  if (part <= 0n || part > whole) throw partOutOfRange();
  const released = pending.entries.map((entry) => ({
    ...entry,
    layer: 'released' as const,
    amountMinor: -entry.amountMinor,
  }));
  const posted = pending.entries.map((entry) => ({
    ...entry,
    layer: 'posted' as const,
    amountMinor: entry.amountMinor > 0n ? part : -part,
  }));
  const state = ({ post: 'posted', void: 'voided', expire: 'expired' } as const)[command.type];
  const entries = command.type === 'post' ? [...released, ...posted] : released;
  const body = bodyOf(command.type === 'post' ? { ...command, amountMinor: part } : command);
  return { ...frame, state, body, entries, pendingTransferId: pending.id };
}

/** @throws DomainError `BAD_INPUT`: two legs, so that a part of the amount is a part of both */
export function assertPendable(legs: readonly Leg[]): void {
  if (legs.length === 2) return;
  throw DomainError.badInput([{ field: 'legs', message: 'A pending transfer has exactly two entries.' }]);
}

function assertOnlyOnce(ledger: Ledger, planned: LedgerTransfer): void {
  for (const other of ledger.transfers.values()) {
    if (planned.pendingTransferId && other.pendingTransferId === planned.pendingTransferId)
      throw resolvedAlready();
    if (planned.reversesTransferId && other.reversesTransferId === planned.reversesTransferId)
      throw reversedAlready();
  }
}

function assertCovered(ledger: Ledger, accountId: Id<'account'>): void {
  if (!ledger.accounts.get(accountId)?.limited) return;
  const { postedMinor, heldMinor } = balanceOf(ledger, accountId);
  if (postedMinor < heldMinor) throw overdrawn();
}

function bodyOf({ id: _id, key: _key, ...body }: LedgerCommand): string {
  return JSON.stringify(body, (_name, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
}

export const overdrawn = (): DomainError =>
  new DomainError(
    'INSUFFICIENT_FUNDS',
    'The account does not hold that much, what is reserved on it considered.',
  );
export const resolvedAlready = (): DomainError =>
  new DomainError(
    'INVALID_STATE',
    'This pending transfer was posted, voided or expired before; that happens once.',
  );
export const reversedAlready = (): DomainError =>
  new DomainError('INVALID_STATE', 'This transfer was reversed before; that happens once.');
export const notReversible = (): DomainError =>
  new DomainError('INVALID_STATE', 'Only a posted transfer that is no reversal itself can be reversed.');
export const partOutOfRange = (): DomainError =>
  DomainError.badInput([
    { field: 'amountMinor', message: 'The part must be above zero and at most the pending amount.' },
  ]);
export const keyReused = (): DomainError =>
  new DomainError('KEY_REUSED', 'This key was used for another transfer.');

import fc from 'fast-check';
import { DomainError, type Day, type Id } from '#kernel';
import type { LedgerService } from '#ledger';
import { sqlState, violatedConstraint, type StatementTx, type UnitOfWork } from '#platform';
import type { LedgerAccount, LedgerCommand } from '../../../libs/ledger/src/domain/ledger.js';
import { newId } from './ledger.builder.js';

const VALUE_DATE = '2026-03-02' as Day;

/** A command before it meets the state: numbers pick among the accounts, transfers and commands of the moment. */
export interface Draw {
  readonly type: LedgerCommand['type'];
  readonly from: number;
  readonly to: number;
  readonly amount: number;
  readonly target: number;
  /** `replay` sends an earlier command again, word for word; `reuse` sends another one under its key. */
  readonly key: 'new' | 'replay' | 'reuse';
  readonly whole: boolean;
  /** As a statement by itself, or in an open transaction as work has that goes on to others. */
  readonly alone: boolean;
}

const draws = fc.record<Draw>({
  type: fc.constantFrom('transfer', 'transfer', 'pend', 'pend', 'post', 'void', 'expire', 'reverse'),
  from: fc.nat(5),
  to: fc.nat(5),
  amount: fc.integer({ min: -2, max: 400 }),
  target: fc.nat(100_000),
  key: fc.nat(19).map((each) => (each === 0 ? 'reuse' : each < 3 ? 'replay' : 'new')),
  whole: fc.boolean(),
  alone: fc.nat(3).map((each) => each > 0),
});

export function drawMany(count: number, seed: number): Draw[] {
  return fc.sample(draws, { numRuns: count, seed });
}

/** What a draw chooses from. */
export interface Choices {
  readonly accounts: readonly LedgerAccount[];
  readonly transferIds: readonly Id<'transfer'>[];
  readonly commands: readonly LedgerCommand[];
}

export function commandOf(draw: Draw, { accounts, transferIds, commands }: Choices): LedgerCommand {
  const earlier = commands.length > 0 ? commands[draw.target % commands.length] : undefined;
  if (earlier && draw.key === 'replay') return earlier;
  const key = earlier && draw.key === 'reuse' ? earlier.key : `key-${newId()}`;
  const frame = { id: newId<'transfer'>(), key, description: 'Drawn', valueDate: VALUE_DATE };
  const target = transferIds[draw.target % Math.max(1, transferIds.length)] ?? newId<'transfer'>();
  const amount = BigInt(draw.amount);
  const account = (index: number): Id<'account'> => (accounts[index] as LedgerAccount).id;
  switch (draw.type) {
    case 'transfer':
    case 'pend':
      return {
        ...frame,
        type: draw.type,
        legs: [
          { accountId: account(draw.to), amountMinor: amount },
          { accountId: account(draw.from), amountMinor: -amount },
        ],
      };
    case 'post':
      return { ...frame, type: 'post', pendingId: target, amountMinor: draw.whole ? null : amount };
    case 'void':
    case 'expire':
      return { ...frame, type: draw.type, pendingId: target };
    case 'reverse':
      return { ...frame, type: 'reverse', transferId: target };
  }
}

function execute(ledger: LedgerService, tx: StatementTx, command: LedgerCommand): Promise<Id<'transfer'>> {
  const { key, description, valueDate } = command;
  const booking = { key, description, valueDate };
  switch (command.type) {
    case 'transfer':
      return ledger.transfer(tx, { ...booking, kind: 'test', reference: null, legs: command.legs });
    case 'pend':
      return ledger.pend(tx, { ...booking, kind: 'test', reference: null, legs: command.legs });
    case 'post':
      return ledger.post(tx, command.pendingId, {
        ...booking,
        ...(command.amountMinor !== null && { amountMinor: command.amountMinor }),
      });
    case 'void':
      return ledger.void(tx, command.pendingId, booking);
    case 'expire':
      return ledger.expire(tx, command.pendingId, booking);
    case 'reverse':
      return ledger.reverse(tx, command.transferId, booking);
  }
}

export function isCode(text: string): boolean {
  return /^[A-Z_]+$/.test(text);
}

/** The transfer's id, or the refusal's code: what the model and the database must say alike. */
export async function outcome(work: () => Promise<Id<'transfer'>> | Id<'transfer'>): Promise<string> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    // Two currencies in one transfer: a caller's mistake, which the database finds at commit.
    if (violatedConstraint(error) === 'transfer_balanced') return 'BAD_INPUT';
    throw error;
  }
}

/** admin_shutdown, or a socket that was closed on us: whether the work was committed is not known. */
export function isLostConnection(error: unknown): boolean {
  if (sqlState(error) !== null) return sqlState(error) === '57P01';
  const { message = '', code = '' } = error as { message?: string; code?: string };
  return (
    ['ECONNRESET', 'EPIPE'].includes(code) ||
    /connection terminated|not queryable|connection error/i.test(message)
  );
}

/** Sends commands as a careful client does: one whose connection died is sent again, with the same key. */
export class CommandSender {
  /** How many commands were sent again. */
  resent = 0;

  constructor(
    private readonly ledger: LedgerService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async send(command: LedgerCommand, alone: boolean): Promise<string> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await outcome(() =>
          alone
            ? this.unitOfWork.run((tx) => execute(this.ledger, tx, command))
            : this.unitOfWork.run(async (tx) => execute(this.ledger, tx, command)),
        );
      } catch (error) {
        if (!isLostConnection(error) || attempt === 20) throw error;
        this.resent += 1;
      }
    }
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { CommunityDirectory, MailService, MembershipDirectory, type MailOrder } from '#identity';
import { dayOf, type Clock, type Id } from '#kernel';
import { CLOCK, Database, LOGGER, UnitOfWork, type Logger } from '#platform';
import { remindersOf, type Reminder } from '../domain/reminder.js';
import { readDue, readOne, type RemindedContract } from './reminder.reader.js';

const BATCH_CONTRACTS = 200;
/** A community's name may be long, and the line of a mail's subject is not. */
const SUBJECT_CHARS_MAX = 200;

/**
 * Writes the mails that are due today to those who hold the right role: treasurers for money, coordinators for the rest.
 * A mail is written once for each person and occasion, so this may run as often as it likes, on any number of workers.
 */
@Injectable()
export class SendReminders {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly mails: MailService,
    private readonly members: MembershipDirectory,
    private readonly communities: CommunityDirectory,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Looks at every contract. @returns how many mails were written */
  async run(): Promise<number> {
    let written = 0;
    let after: Id<'contract'> | null = null;
    for (;;) {
      const contracts: RemindedContract[] = await readDue(
        (text, values) => this.database.query(text, values),
        this.clock.now(),
        after,
        BATCH_CONTRACTS,
      );
      for (const contract of contracts) written += await this.remindOf(contract);
      after = contracts.at(-1)?.id ?? null;
      if (contracts.length < BATCH_CONTRACTS) return written;
    }
  }

  /** Looks at one contract. */
  async ofContract(contractId: Id<'contract'>): Promise<void> {
    const contract = await readOne((text, values) => this.database.query(text, values), contractId);
    if (contract) await this.remind(contract);
  }

  private async remindOf(contract: RemindedContract): Promise<number> {
    try {
      return await this.remind(contract);
    } catch (error) {
      // One contract that cannot be read must not keep the reminders of others back.
      this.logger.error(
        { err: error, ref: contract.ref },
        'reminders of a contract failed; they are tried again',
      );
      return 0;
    }
  }

  private async remind(contract: RemindedContract): Promise<number> {
    const reminders = await this.remindersFor(contract);
    if (reminders.length === 0) return 0;
    const told = await Promise.all(
      reminders.map(async (reminder) => ({ reminder, personIds: await this.holders(reminder) })),
    );
    return this.unitOfWork.run(async (tx) => {
      let written = 0;
      for (const { reminder, personIds } of told)
        written += await this.mails.queue(tx, { ...orderOf(contract, reminder), personIds });
      return written;
    });
  }

  private async remindersFor(contract: RemindedContract): Promise<Reminder[]> {
    const ids = new Set([
      contract.fablabId,
      ...contract.receivingCommunityIds,
      ...contract.obligations.map(({ communityId }) => communityId),
    ]);
    const names = new Map((await this.communities.byIds([...ids])).map(({ id, name }) => [id, name]));
    return remindersOf(contract, dayOf(this.clock.now()), (id) => names.get(id) ?? 'a community');
  }

  /** A community without a treasurer is spoken for by its coordinators, of whom it always has one. */
  private async holders({ communityId, roles }: Reminder): Promise<Id<'person'>[]> {
    const members = await this.members.membersOf(communityId);
    const holding = members.filter((member) => roles.some((role) => member.roles.includes(role)));
    const told =
      holding.length > 0 ? holding : members.filter((member) => member.roles.includes('coordinator'));
    return told.map(({ personId }) => personId);
  }
}

function orderOf({ ref }: RemindedContract, reminder: Reminder): Omit<MailOrder, 'personIds'> {
  const { occasion, kind, subject, body } = reminder;
  // One line, whatever a name holds.
  const line = subject.replace(/\s+/g, ' ').slice(0, SUBJECT_CHARS_MAX);
  return { occasion, kind, body, subject: line, path: `/contracts/${ref}` };
}

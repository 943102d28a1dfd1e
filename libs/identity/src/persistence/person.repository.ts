import { Injectable } from '@nestjs/common';
import { DomainError, type Id } from '#kernel';
import { Database, type Tx } from '#platform';

/** What an account is known by at the door. */
export interface Account {
  readonly id: Id<'person'>;
  readonly displayName: string;
  readonly email: string;
  readonly passwordHash: string;
}

export interface DemoPerson {
  readonly id: Id<'person'>;
  readonly displayName: string;
  readonly role: string;
  readonly communityName: string;
}

const ACCOUNT = 'id, display_name AS "displayName", email, password_hash AS "passwordHash"';

/** The rows of `identity.person`. */
@Injectable()
export class PersonRepository {
  constructor(private readonly database: Database) {}

  byEmail(email: string): Promise<Account | null> {
    return this.database.queryOne(
      `SELECT ${ACCOUNT} FROM identity.person WHERE email = $1`,
      [email],
      'account-by-email',
    );
  }

  byId(id: Id<'person'>): Promise<Account | null> {
    return this.database.queryOne(
      `SELECT ${ACCOUNT} FROM identity.person WHERE id = $1`,
      [id],
      'account-by-id',
    );
  }

  /** The account of somebody who is known to have one. */
  async require(id: Id<'person'>): Promise<Account> {
    const account = await this.byId(id);
    if (!account) throw DomainError.notFound('person', id);
    return account;
  }

  /** @returns false when the address has an account already; nothing is written then */
  async insert(tx: Tx, account: Account, demoRole: string | null): Promise<boolean> {
    const written = await tx.execute(
      `INSERT INTO identity.person (id, email, display_name, password_hash, demo_role, created_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT ON CONSTRAINT person_email_key DO NOTHING`,
      [account.id, account.email, account.displayName, account.passwordHash, demoRole, tx.now],
    );
    return written > 0;
  }

  async isDemo(tx: Tx, id: Id<'person'>): Promise<boolean> {
    const rows = await tx.query(`SELECT 1 FROM identity.person WHERE id = $1 AND demo_role IS NOT NULL`, [
      id,
    ]);
    return rows.length > 0;
  }

  demoPeople(): Promise<DemoPerson[]> {
    return this.database.query(
      `SELECT p.id, p.display_name AS "displayName", p.demo_role AS role, coalesce(first.name, '') AS "communityName"
       FROM identity.person p
       LEFT JOIN LATERAL (
         SELECT c.name FROM identity.membership m JOIN identity.community c ON c.id = m.community_id
         WHERE m.person_id = p.id ORDER BY m.created_at, m.id LIMIT 1
       ) AS first ON true
       WHERE p.demo_role IS NOT NULL ORDER BY p.created_at, p.id`,
      [],
      'demo-people',
    );
  }
}

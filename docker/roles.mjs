/**
 * The init step before the migrations: makes the role that the API and the worker sign in with, which owns
 * nothing and can do only what the migrations grant it. Safe to repeat; it also takes over a new password.
 */
import pg from 'pg';

const { DATABASE_OWNER_URL, DATABASE_URL } = process.env;
if (!DATABASE_OWNER_URL || !DATABASE_URL) throw new Error('DATABASE_OWNER_URL and DATABASE_URL must be set.');

const app = new URL(DATABASE_URL);
const role = decodeURIComponent(app.username);
const password = decodeURIComponent(app.password);
const client = new pg.Client({ connectionString: DATABASE_OWNER_URL });
await client.connect();
try {
  const name = client.escapeIdentifier(role);
  const known = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
  const secret = client.escapeLiteral(password);
  // Only what an owner with CREATEROLE may say: a new role has no rights by default.
  await client.query(
    known.rowCount === 0
      ? `CREATE ROLE ${name} LOGIN PASSWORD ${secret}`
      : `ALTER ROLE ${name} LOGIN PASSWORD ${secret}`,
  );
  const { rows } = await client.query('SELECT current_database() AS database');
  const database = client.escapeIdentifier(rows[0].database);
  await client.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
  await client.query(`GRANT CONNECT ON DATABASE ${database} TO ${name}`);
} finally {
  await client.end();
}
console.log(`The role ${role} is ready.`);

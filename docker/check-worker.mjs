/**
 * Health check of the worker, which listens on no port: it is well when PostgreSQL answers and the worker
 * of this very container holds connections to it. A worker that hangs lets its connections time out.
 */
import pg from 'pg';

const client = new pg.Client({ connectionString: process.env.DATABASE_URL, connectionTimeoutMillis: 4_000 });
await client.connect();
try {
  // Containers have addresses of their own, so this one tells our worker from the API and other workers.
  const { rows } = await client.query(
    `SELECT count(*)::int AS connections FROM pg_stat_activity
      WHERE usename = current_user AND client_addr = inet_client_addr() AND pid <> pg_backend_pid()`,
  );
  console.log(`${rows[0].connections} connections`);
  process.exitCode = rows[0].connections > 0 ? 0 : 1;
} finally {
  await client.end();
}

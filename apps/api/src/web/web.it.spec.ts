import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { findWebFolder, WEB_FOLDER } from './web-folder.js';
import { WebModule } from './web.module.js';

const PAGE = '<!doctype html><title>Commonwright</title>';
const SCRIPT = 'console.log("a script");';

describe('the web app under /app', () => {
  const folder = mkdtempSync(join(tmpdir(), 'commonwright-web-'));
  let app: NestFastifyApplication;
  let url: string;

  beforeAll(async () => {
    const module = await Test.createTestingModule({ imports: [WebModule] })
      .overrideProvider(WEB_FOLDER)
      .useValue(folder)
      .compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
    await app.listen(0, '127.0.0.1');
    url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  });

  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** `accept-encoding` is given each time, for fetch would ask for compressed forms by itself. */
  async function get(path: string, accept = 'text/html', encoding = 'identity') {
    const headers = { accept, 'accept-encoding': encoding };
    const response = await fetch(`${url}${path}`, { headers, redirect: 'manual' });
    return {
      status: response.status,
      body: await response.text(),
      header: (name: string) => response.headers.get(name),
    };
  }

  function build(): void {
    mkdirSync(join(folder, 'assets'), { recursive: true });
    writeFileSync(join(folder, 'index.html'), PAGE);
    writeFileSync(join(folder, 'favicon.svg'), '<svg/>');
    writeFileSync(join(folder, 'assets/index-abc123.js'), SCRIPT);
    writeFileSync(join(folder, 'assets/index-abc123.js.br'), brotliCompressSync(SCRIPT));
  }

  it('says what to do when it is not built, and serves it as soon as it is', async () => {
    const before = await get('/app/contracts');
    expect(before.status).toBe(503);
    expect(before.header('content-type')).toBe('text/plain; charset=utf-8');
    expect(before.body).toContain('npm run build:web');
    build();
    const after = await get('/app/contracts');
    expect([after.status, after.body]).toEqual([200, PAGE]);
  });

  it('answers every address a person can go to with the one page, never from a cache', async () => {
    build();
    for (const address of ['/app/', '/app/contracts/CSM-2026-0001', '/app/no/such/thing']) {
      const answer = await get(address);
      expect([answer.status, answer.body, answer.header('cache-control')]).toEqual([200, PAGE, 'no-cache']);
    }
  });

  it('lets hashed files be kept for ever, and sends the small form to those who read it', async () => {
    build();
    const plain = await get('/app/assets/index-abc123.js', '*/*');
    expect([plain.status, plain.body]).toEqual([200, SCRIPT]);
    expect(plain.header('cache-control')).toBe('public, max-age=31536000, immutable');
    const small = await get('/app/assets/index-abc123.js', '*/*', 'br');
    expect(small.header('content-encoding')).toBe('br');
    expect(small.header('content-type')).toMatch(/javascript/);
    expect(small.body).toBe(SCRIPT);
  });

  it('does not give a page to a script that asks for a file that is gone', async () => {
    build();
    expect((await get('/app/assets/index-old.js', '*/*')).status).toBe(404);
    expect((await get('/app/data.json', 'application/json')).status).toBe(404);
  });

  it('serves nothing from outside of its folder', async () => {
    build();
    for (const address of [
      '/app/assets/..%2f..%2fpackage.json',
      '/app/assets/%2e%2e%2f%2e%2e%2fpackage.json',
      '/app/assets//etc/hosts',
    ]) {
      const answer = await get(address, '*/*');
      expect(answer.status).toBeGreaterThanOrEqual(400);
    }
  });

  it('leads from /app to /app/', async () => {
    const answer = await get('/app');
    expect([answer.status, answer.header('location')]).toEqual([302, '/app/']);
  });

  it('finds the folder from the sources and from the compiled code', () => {
    const root = mkdtempSync(join(tmpdir(), 'commonwright-root-'));
    const sources = join(root, 'apps/api/src/web');
    const compiled = join(root, 'dist/apps/api/src/web');
    for (const each of [sources, compiled, join(root, 'apps/admin')]) mkdirSync(each, { recursive: true });
    writeFileSync(join(root, 'apps/admin/package.json'), '{}');
    expect([findWebFolder(sources), findWebFolder(compiled)]).toEqual(
      Array(2).fill(join(root, 'apps/admin/dist')),
    );
    expect(dirname(findWebFolder())).toBe(join(process.cwd(), 'apps/admin'));
    rmSync(root, { recursive: true, force: true });
  });
});

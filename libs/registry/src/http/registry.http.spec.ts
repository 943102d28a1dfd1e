import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { PublicContracts, type PublicContract } from '#contracting';
import { DomainError } from '#kernel';
import { CONFIG, LOGGER } from '#platform';
import { ContractProgressReader } from '#workshop';
import { sampleContract, sampleReleasePage } from '../../testing/sample-contract.js';
import { LogProofs } from '../log/log-proofs.js';
import { ReleasePdfService } from '../pdf/release-pdf.service.js';
import { RegistryReader } from '../registry-reader.service.js';
import { HomeController } from './home.controller.js';
import { RegistryController } from './registry.controller.js';

const CONTRACT = sampleContract();
const ADDRESS = '/registry/contracts/CSM-2026-0001';
const TAG = `"sha256:${CONTRACT.release.sha256}"`;

class FakeContracts {
  asked: unknown[] = [];

  countByState(): Promise<object> {
    return Promise.resolve({ open: 1 });
  }

  list(query: { after?: string | null }): Promise<object> {
    this.asked.push(query);
    if (query.after === 'bad')
      throw DomainError.badInput([{ field: 'after', message: '“after” is not a cursor of this list.' }]);
    return Promise.resolve({ items: [CONTRACT], next: 'more' });
  }

  byRef(ref: string): Promise<PublicContract | null> {
    if (ref === 'CSM-2026-0500') throw new Error('the password is hunter2');
    return Promise.resolve(ref === CONTRACT.ref ? CONTRACT : null);
  }

  releasePage(ref: string, number: number): Promise<object | null> {
    return Promise.resolve(ref === CONTRACT.ref && number === 1 ? { ...sampleReleasePage(), ref } : null);
  }

  release(ref: string, number: number): Promise<object | null> {
    return Promise.resolve(ref === CONTRACT.ref && number === 1 ? { ref, ...CONTRACT.release } : null);
  }
}

interface Response {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly body: string;
}

/** Plain HTTP, which lets a test say `Host` and shows what was sent, uncompressed. */
function askServer(
  port: number,
  method: string,
  path: string,
  headers: Record<string, string>,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({ host: '127.0.0.1', port, method, path, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const bytes = Buffer.concat(chunks);
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          bytes,
          body: bytes.toString('utf8'),
        });
      });
    });
    outgoing.on('error', reject).end();
  });
}

describe('the registry over HTTP', () => {
  const contracts = new FakeContracts();
  const logged: object[] = [];
  let app: NestFastifyApplication;

  beforeAll(async () => {
    const testing = await Test.createTestingModule({
      controllers: [HomeController, RegistryController],
      providers: [
        RegistryReader,
        ReleasePdfService,
        { provide: PublicContracts, useValue: contracts },
        { provide: ContractProgressReader, useValue: { progressOfMany: () => Promise.resolve(new Map()) } },
        {
          provide: LogProofs,
          useValue: {
            placeOf: () => Promise.resolve({ index: 6, size: 7, witnesses: [] }),
            awaitIndex: () => Promise.resolve(6),
            proofOf: () => Promise.resolve('c2sp.org/tlog-proof@v1\nindex 6\n'),
          },
        },
        { provide: CONFIG, useValue: { publicUrl: 'https://cw.example', demo: false } },
        { provide: LOGGER, useValue: { error: (fields: object) => logged.push(fields) } },
      ],
    }).compile();
    app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    await app.listen(0, '127.0.0.1');
  });

  afterAll(() => app.close());

  const ask = (method: string, path: string, headers: Record<string, string> = {}): Promise<Response> =>
    askServer((app.getHttpServer().address() as AddressInfo).port, method, path, headers);
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    ask('GET', path, headers);

  it('serves the pages as HTML that may be kept but is asked for again', async () => {
    for (const url of [
      '/',
      '/registry',
      '/registry?state=open',
      '/registry?after=more',
      ADDRESS,
      `${ADDRESS}/releases/1`,
    ]) {
      const response = await get(url);
      expect([url, response.status, response.headers['content-type']]).toEqual([
        url,
        200,
        'text/html; charset=utf-8',
      ]);
      expect(response.headers['cache-control']).toBe('public, no-cache');
      expect(response.headers['set-cookie']).toBeUndefined();
      const again = await get(url, { 'if-none-match': String(response.headers['etag']) });
      expect([again.status, again.body]).toEqual([304, '']);
    }
  });

  it('serves the stored text unchanged, under a tag that is its hash', async () => {
    const response = await get(`${ADDRESS}.json`);

    expect(response.body).toBe(CONTRACT.release.canonicalJson);
    expect(createHash('sha256').update(response.bytes).digest('hex')).toBe(CONTRACT.release.sha256);
    expect(response.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      etag: TAG,
      'cache-control': 'public, no-cache',
      'access-control-allow-origin': '*',
    });
  });

  it('lets a release be kept for ever', async () => {
    const response = await get(`${ADDRESS}/releases/1.json`);

    expect(response.body).toBe(CONTRACT.release.canonicalJson);
    expect(response.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it('answers 304 without a body to who has the document', async () => {
    for (const url of [`${ADDRESS}.json`, `${ADDRESS}/releases/1.json`]) {
      const response = await get(url, { 'if-none-match': `"old", ${TAG}` });
      expect([response.status, response.body, response.headers['etag']]).toEqual([304, '', TAG]);
    }
  });

  it('serves the same PDF for the contract and its latest release, twice', async () => {
    const first = await get(`${ADDRESS}.pdf`);
    const second = await get(`${ADDRESS}/releases/1.pdf`);

    expect(first.headers['content-type']).toBe('application/pdf');
    expect(first.headers['content-disposition']).toBe('inline; filename="CSM-2026-0001-release-1.pdf"');
    expect(first.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(first.bytes.equals(second.bytes)).toBe(true);
    expect((await get(`${ADDRESS}.pdf`, { 'if-none-match': String(first.headers['etag']) })).status).toBe(
      304,
    );
  });

  it('answers HEAD with the headers of GET and no body', async () => {
    for (const url of ['/', '/registry', ADDRESS, `${ADDRESS}.json`, `${ADDRESS}.pdf`]) {
      const [head, full] = await Promise.all([ask('HEAD', url), get(url)]);
      expect([url, head.status, head.body]).toEqual([url, 200, '']);
      expect(head.headers['content-length']).toBe(full.headers['content-length']);
      expect(head.headers['etag']).toBe(full.headers['etag']);
    }
  });

  it('says the same of every ref that it cannot show', async () => {
    const pages = await Promise.all(
      ['CSM-2026-9999', 'CSM-2026-0002', 'nonsense', 'CSM-2026-0001.xml', `CSM-2026-0001'--`].map((ref) =>
        get(`/registry/contracts/${encodeURIComponent(ref)}`),
      ),
    );

    expect(pages.map((page) => page.status)).toEqual([404, 404, 404, 404, 404]);
    expect(new Set(pages.map((page) => page.body)).size).toBe(1);
    expect(pages[0]?.headers['cache-control']).toBe('no-store');
    for (const path of [
      `${ADDRESS}/releases/2.json`,
      `${ADDRESS}/releases/0.pdf`,
      `${ADDRESS}/releases/2`,
      '/registry/nothing/here',
    ]) {
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    }
  });

  it('refuses in JSON where JSON was asked for', async () => {
    const response = await get('/registry/contracts/CSM-2026-9999.json');

    expect(response.status).toBe(404);
    expect(JSON.parse(response.body)).toEqual({
      error: { code: 'NOT_FOUND', message: expect.stringContaining('Nothing has been published') as unknown },
    });
    expect(response.headers['access-control-allow-origin']).toBe('*');
  });

  it('refuses cursors and states that are none, draft among them', async () => {
    for (const search of [
      'after=bad',
      'state=draft',
      'state=<script>',
      'state=open&state=active',
      'after=a&after=b',
    ]) {
      const response = await get(`/registry?${search}`);
      expect([search, response.status]).toEqual([search, 400]);
      expect(response.body).toContain('This address cannot be read');
      expect(response.body).not.toContain('<script');
    }
  });

  it('does not take other methods', async () => {
    for (const method of ['POST', 'PUT', 'DELETE'] as const) {
      const { status } = await ask(method, ADDRESS);
      expect([404, 405]).toContain(status);
    }
  });

  it('masks what it did not expect, and logs it under the number it gives', async () => {
    const response = await get('/registry/contracts/CSM-2026-0500');

    expect(response.status).toBe(500);
    expect(response.body).not.toContain('hunter2');
    const incident = (logged[0] as { incident: string }).incident;
    expect(response.body).toContain(incident);
  });

  it('writes one address for each content, whatever host was asked', async () => {
    const response = await get(ADDRESS, { host: 'evil.example' });

    expect(response.body).toContain(
      '<link rel="canonical" href="https://cw.example/registry/contracts/CSM-2026-0001" />',
    );
    expect(response.body).not.toContain('evil.example');
  });
});

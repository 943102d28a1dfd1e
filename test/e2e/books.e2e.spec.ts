import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Currency, Day, Id } from '#kernel';
import { LedgerService } from '#ledger';
import { UnitOfWork } from '#platform';
import {
  buildFablab,
  buildMember,
  buildPerson,
  type BuiltCommunity,
  type BuiltPerson,
} from '../support/builders/identity.builder.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('the books of a fablab, as files', () => {
  let system: TestApp;
  let fablab: BuiltCommunity;
  let treasurer: BuiltPerson;
  let member: BuiltPerson;
  let stranger: BuiltPerson;

  beforeAll(async () => {
    system = await startTestApp({ worker: false });
    const coordinator = await buildPerson(system, 'Cora');
    fablab = await buildFablab(coordinator, 'Ledger Lab');
    treasurer = await buildMember(system, coordinator, fablab, ['member', 'treasurer'], 'Tess');
    member = await buildMember(system, coordinator, fablab, ['member'], 'Mel');
    stranger = await buildPerson(system, 'Stan');
    const ledger = system.app.get(LedgerService, { strict: false });
    await system.app.get(UnitOfWork).run(async (tx) => {
      const account = (code: string, normalSide: 'debit' | 'credit') =>
        ledger.openAccount(tx, {
          ownerId: fablab.id as Id<'community'>,
          code,
          name: code,
          currency: 'EUR' as Currency,
          normalSide,
          limited: false,
        });
      const [bank, loans] = [
        await account('assets:bank', 'debit'),
        await account('liabilities:loans', 'credit'),
      ];
      await ledger.transfer(tx, {
        key: randomUUID(),
        kind: 'payment',
        description: 'First loan',
        reference: 'CSM-2026-0001',
        valueDate: '2026-03-02' as Day,
        legs: [
          { accountId: bank, amountMinor: 124_000n },
          { accountId: loans, amountMinor: -124_000n },
        ],
      });
    });
  }, 60_000);

  afterAll(() => system.close());

  /** As a browser that follows a link: with the cookie that signing in gave, and nothing else. */
  function download(who: BuiltPerson | null, file: string): Promise<Response> {
    return (who?.client ?? system.client()).fetch(`/books/${file}`);
  }

  it.each([
    ['hledger', 'text/plain; charset=utf-8', '    assets:bank  1240.00 EUR\n'],
    ['ledger', 'text/plain; charset=utf-8', '    liabilities:loans  -1240.00 EUR\n'],
    ['beancount', 'text/plain; charset=utf-8', '  Assets:Bank  1240.00 EUR\n'],
    ['csv', 'text/csv; charset=utf-8', ',assets:bank,assets:bank,1240.00,EUR,1240.00,,\r\n'],
  ])('come to the treasurer as %s', async (format, type, line) => {
    const answer = await download(treasurer, `${fablab.slug}.${format}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(type);
    const day = system.clock.now().toISOString().slice(0, 10);
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="${fablab.slug}-${day}.${format}"`,
    );
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(await answer.text()).toContain(line);
  });

  it.each([
    ['nobody who is signed in', () => null, 401, 'Please sign in first.\n'],
    [
      'a member',
      () => member,
      403,
      'Only a treasurer or coordinator of this community can read its books.\n',
    ],
    [
      'a stranger',
      () => stranger,
      403,
      'Only a treasurer or coordinator of this community can read its books.\n',
    ],
  ])('are refused to %s, in a sentence', async (_who, who, status, sentence) => {
    const answer = await download(who(), `${fablab.slug}.csv`);
    expect([answer.status, await answer.text()]).toEqual([status, sentence]);
    expect(answer.headers.get('content-disposition')).toBeNull();
  });

  it.each([
    ['nowhere.csv', 'There is no community “nowhere”. The fablabs are: ledger-lab.\n'],
    ['ledger-lab.ods', 'Books come as .hledger, .ledger, .beancount or .csv, such as my-fablab.csv.\n'],
    ['ledger-lab', 'Books come as .hledger, .ledger, .beancount or .csv, such as my-fablab.csv.\n'],
    ['..%2Fetc.csv', 'There is no community “../etc”. The fablabs are: ledger-lab.\n'],
  ])('are not found as %s', async (file, sentence) => {
    const answer = await download(treasurer, file);
    expect([answer.status, await answer.text()]).toEqual([404, sentence]);
  });
});

import { randomUUID } from 'node:crypto';
import { seededRandom, type Currency, type Day, type Id } from '#kernel';
import { LedgerService, type NormalSide } from '#ledger';
import { UnitOfWork, type Tx } from '#platform';
import type { LedgerApp } from './ledger-app.js';

/** What people write, or paste, or try. */
export const HOSTILE_DESCRIPTIONS = [
  'Loan “for the bench”, 1st part',
  '* starred',
  '! pending?',
  '(coded) text',
  '| Payee | note',
  'semi; colon  ; and ;tag:value, date:2020-13-45',
  'two\nlines\r\nand\ttabs',
  '\u2028line\u2029paragraph\u0085next\u00a0no-break',
  '"quoted" \\ back\\slash \\"both\\"',
  '=HYPERLINK("http://example.org","click")',
  '@SUM(1+1)',
  '-2+3',
  '2026-01-01 * not a transaction',
  '    assets:bank  1000000.00 EUR',
  'comment',
  'end comment',
  'include /etc/passwd',
  '[2020/99/99] [=9] {1 EUR} @@ 3 USD',
  'Łódź – 漢字 – 🪚 – e\u0301 – \u202eright to left',
  '   ',
  ';',
  "l'atelier, d'été",
  'x'.repeat(500),
] as const;

interface SeededAccount {
  readonly id: Id<'account'>;
  readonly currency: string;
}

const CURRENCIES = ['EUR', 'JPY', 'TND', 'USD'] as const;
const CODES: readonly (readonly [string, string, NormalSide])[] = [
  ['assets:bank', 'Bank; type:X [2020-01-01] "main"', 'debit'],
  ['assets:bank:1-savings', '=Savings\nat the bank', 'debit'],
  ['liabilities:loans', 'Loans', 'credit'],
  ['liabilities:loans:oak-hollow', 'Loan of Oak Hollow', 'credit'],
  ['equity:opening', 'Opening', 'credit'],
  ['income:premium', 'Premium sales', 'credit'],
  ['expenses:material', 'Material', 'debit'],
];

/** Books with several currencies, reversals, two-phase transfers and accounts of somebody else, from one seed. */
export async function seedBooks(
  app: LedgerApp,
  owners: { readonly mine: Id<'community'>; readonly other: Id<'community'> },
  settings: { readonly seed: number; readonly steps: number },
): Promise<void> {
  const ledger = app.module.get(LedgerService);
  const unitOfWork = app.module.get(UnitOfWork);
  const random = seededRandom(settings.seed);
  const below = (limit: number): number => {
    const [a = 0, b = 0, c = 0] = random.bytes(3);
    return ((a << 16) | (b << 8) | c) % limit;
  };
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
  const accounts = await openAccounts(unitOfWork, ledger, owners);
  const transfers: Id<'transfer'>[] = [];
  const pending: Id<'transfer'>[] = [];

  const booking = () => ({
    key: randomUUID(),
    description: pick(HOSTILE_DESCRIPTIONS),
    valueDate: `2026-0${1 + below(9)}-1${below(10)}` as Day,
  });
  const order = (count: 1 | 2) => ({
    ...booking(),
    kind: pick(['payment', 'repayment', 'sale']),
    reference: pick([null, null, 'CSM-2026-0001', 'odd (ref); "x"']),
    legs: legsOf(count),
  });
  function legsOf(count: 1 | 2) {
    const currencies = count === 1 ? [pick(CURRENCIES)] : ['EUR', 'JPY'];
    return currencies.flatMap((currency) => {
      const own = accounts.filter((account) => account.currency === currency);
      const [from, to] = [pick(own), pick(own)];
      const other = from === to ? (own.find((each) => each !== from) as SeededAccount) : to;
      const amountMinor = BigInt(1 + below(9_999_999));
      return [
        { accountId: other.id, amountMinor },
        { accountId: from.id, amountMinor: -amountMinor },
      ];
    });
  }
  async function step(tx: Tx): Promise<void> {
    const which = below(10);
    const open = pending.length > 0 ? pending.splice(below(pending.length), 1)[0] : undefined;
    const original = transfers.length > 0 ? transfers.splice(below(transfers.length), 1)[0] : undefined;
    if (which < 2) pending.push(await ledger.pend(tx, order(1)));
    else if (which === 2 && open) await ledger.post(tx, open, { ...booking(), amountMinor: 1n });
    else if (which === 3 && open) transfers.push(await ledger.post(tx, open, booking()));
    else if (which === 4 && open) await ledger.void(tx, open, booking());
    else if (which === 5 && open) await ledger.expire(tx, open, booking());
    else if (which === 6 && original) await ledger.reverse(tx, original, booking());
    else transfers.push(await ledger.transfer(tx, order(which === 7 ? 2 : 1)));
  }
  for (let done = 0; done < settings.steps; done += 1) await unitOfWork.run(step);
}

async function openAccounts(
  unitOfWork: UnitOfWork,
  ledger: LedgerService,
  owners: { readonly mine: Id<'community'>; readonly other: Id<'community'> },
): Promise<SeededAccount[]> {
  const accounts: SeededAccount[] = [];
  const open = (
    ownerId: Id<'community'>,
    code: string,
    name: string,
    currency: string,
    normalSide: NormalSide,
  ) =>
    unitOfWork.run((tx) =>
      ledger.openAccount(tx, {
        ownerId,
        code,
        name,
        currency: currency as Currency,
        normalSide,
        limited: false,
      }),
    );
  for (const currency of CURRENCIES) {
    for (const [code, name, side] of CODES)
      accounts.push({ id: await open(owners.mine, code, name, currency, side), currency });
    accounts.push({ id: await open(owners.other, 'assets:bank', 'Elsewhere', currency, 'debit'), currency });
  }
  await open(owners.mine, 'assets:never-used', 'Never used', 'KRW', 'debit');
  return accounts;
}

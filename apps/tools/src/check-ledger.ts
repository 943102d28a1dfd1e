import 'reflect-metadata';
import { auditLedger, type LedgerAudit } from '#ledger';
import { onDatabase } from './compose.js';

/** `npm run check:ledger`: recomputes the books of the whole instance; code 1 when anything does not fit. */
await onDatabase('check-ledger', async (database) => {
  const audit = await auditLedger(database);
  // Details go beside the answer, so that the answer stays one line for whoever reads it by machine.
  for (const { breach, count, examples } of audit.findings) {
    const more = count > examples.length ? ` and ${count - examples.length} more` : '';
    console.error(`${breach} ${examples.join(', ')}${more}.`);
  }
  console.log(process.argv.includes('--json') ? jsonOf(audit) : wordsOf(audit));
  return audit.findings.length === 0 ? 0 : 1;
});

function jsonOf({ check }: LedgerAudit): string {
  const { transfers, entries, driftMinor, unbalanced } = check;
  // Written by hand, because JSON.stringify knows no bigint and a number would lose cents.
  return `{ "transfers": ${transfers}, "entries": ${entries}, "driftMinor": ${driftMinor}, "unbalanced": ${unbalanced} }`;
}

function wordsOf({ check, findings }: LedgerAudit): string {
  const size = `${check.transfers} transfers with ${check.entries} entries`;
  if (findings.length === 0)
    return `The ledger is clean: ${size}, all balanced, and every kept balance is what its entries say.`;
  return (
    `The ledger is not clean: among ${size}, ${check.unbalanced} transfers are not balanced, ` +
    `and kept balances differ from the entries by ${check.driftMinor} minor units.`
  );
}

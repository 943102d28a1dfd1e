import 'reflect-metadata';
import { auditFreemium, type FreemiumAudit } from '#freemium';
import { onDatabase } from './compose.js';

/** `npm run check:freemium`: divides and attributes everything anew; code 1 when anything does not fit. */
await onDatabase('check-freemium', async (database) => {
  const audit = await auditFreemium(database);
  // Details go beside the answer, so that the answer stays one line for whoever reads it by machine.
  for (const { breach, minor } of audit.findings) console.error(`${breach}: ${minor} minor units.`);
  console.log(process.argv.includes('--json') ? jsonOf(audit) : wordsOf(audit));
  return audit.findings.length === 0 ? 0 : 1;
});

function jsonOf({ check }: FreemiumAudit): string {
  const { sales, grants, driftMinor, unattributedMinor } = check;
  // Written by hand, because JSON.stringify knows no bigint and a number would lose cents.
  return `{ "sales": ${sales}, "grants": ${grants}, "driftMinor": ${driftMinor}, "unattributedMinor": ${unattributedMinor} }`;
}

function wordsOf({ check, findings }: FreemiumAudit): string {
  const size = `${check.sales} sales and ${check.grants} grants`;
  if (findings.length === 0)
    return `The pools are clean: ${size}, every payment split by its rule, every grant paid for by named sales and gifts.`;
  return (
    `The pools are not clean: among ${size}, what is kept differs by ${check.driftMinor} minor units, ` +
    `and ${check.unattributedMinor} minor units of grants are paid for by nothing.`
  );
}

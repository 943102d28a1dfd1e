import { LIMITS, type InputCheck } from '#kernel';
import { clausesIn } from './forbidden-clauses.js';

/**
 * A text that everybody will read holds no address and no number of a person. The same finder looks at contracts,
 * so that what a need may say can go into the contract that comes of it.
 */
export function refusePersonalData(check: InputCheck, texts: Readonly<Record<string, string | null>>): void {
  for (const [field, text] of Object.entries(texts)) {
    for (const { kind, words } of clausesIn(field, text ?? '')) {
      if (kind !== 'personal data') continue;
      check.refuse(field, `“${words}” looks like personal data, which a public text cannot hold.`);
    }
  }
}

/** Reads the reason of something that everybody may see. */
export function readPublicReason(check: InputCheck, given: string): string {
  const reason = check.text('reason', given, { max: LIMITS.noteCharsMax, name: 'a reason' });
  refusePersonalData(check, { reason });
  return reason;
}

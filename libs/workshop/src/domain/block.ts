/** What can be in the way of a job, by name. */
export const BLOCK_KINDS = ['material', 'machine', 'question'] as const;
export type BlockKind = (typeof BLOCK_KINDS)[number];
export const BLOCK_TEXT_CHARS_MAX = 500;

const WORDS: Readonly<Record<BlockKind, string>> = {
  material: 'material is missing',
  machine: 'a machine is down',
  question: 'a question is open',
};

/** `material is missing` */
export function blockWords(kind: BlockKind): string {
  return WORDS[kind];
}

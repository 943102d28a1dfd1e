import { equalBytes, hexOf, LogFormatError, textOf } from '../log/core/bytes.js';
import { readCanonical, type Json } from '../log/core/canonical.js';
import { openCheckpoint } from '../log/core/checkpoint.js';
import { GrowingTree, leafHash, sha256Of, type Hash } from '../log/core/merkle.js';
import { readVkey, type VerifierKey } from '../log/core/note.js';
import { documentPath, readStatement, type LeafStatement } from '../log/core/statement.js';
import { entriesOfBundle, hashesOfTile, tilePath, tilesOf, type Tile } from '../log/core/tiles.js';
import { releaseProblems, type LoggedRelease } from './release-rules.js';
import { openHead, remembered, type OpenedHead, type SeenLog } from './seen-log.js';
import type { Site, SiteAnswer } from './site.js';

const TILE_HEIGHT = 8;
const AT_ONCE = 8;

export interface VerifyOptions {
  readonly site: Site;
  /** What was remembered of this log; null the first time. */
  readonly seen: SeenLog | null;
  /** Keys of witnesses that the reader trusts. */
  readonly witnesses?: readonly VerifierKey[];
  /** Told, in a sentence, what is being done and what was found. */
  readonly say: (sentence: string) => void;
}

export interface Verdict {
  /** A sentence for each thing that does not hold; none is green. */
  readonly problems: readonly string[];
  readonly size: number;
  readonly documents: number;
  /** To be remembered for the next time; null unless all is well. */
  readonly seen: SeenLog | null;
  /** The line that sums it up. */
  readonly line: string;
}

/**
 * Follows a public log from the last checkpoint that was seen, and checks all of it from outside: the signature, that
 * nothing seen before was altered or withdrawn, every entry, every tile, every published document, and what the
 * documents say.
 * @throws SiteError when the site does not answer, which is neither green nor red
 */
export async function verifyLog(options: VerifyOptions): Promise<Verdict> {
  const run = new Run(options);
  return run.verdict();
}

class Run {
  private readonly problems: string[] = [];
  private readonly nodes = new Map<string, Hash>();
  private documents = 0;

  constructor(private readonly options: VerifyOptions) {}

  async verdict(): Promise<Verdict> {
    const { site, seen, witnesses = [], say } = this.options;
    let opened: OpenedHead;
    try {
      opened = await openHead(site, seen, witnesses);
    } catch (error) {
      if (!(error instanceof LogFormatError)) throw error;
      this.problem(error.message);
      return this.summary(null);
    }
    const { head, introduced } = opened;
    say(`The head of ${head.origin} covers ${head.size} entries, and its signature is good.`);
    for (const each of seen ? introduced : [])
      say(`A new key signs beside the known one: ${each.name}+${each.id}.`);
    for (const each of opened.witnesses)
      say(`Cosigned by ${each.name} at ${new Date(each.seconds * 1000).toISOString()}.`);
    const missing = witnesses.filter(({ name }) => !opened.witnesses.some((each) => each.name === name));
    for (const { name } of missing) this.problem(`${name} has not cosigned the head`);
    const leaves = await this.entries(opened);
    await this.tiles(head.size);
    await this.published(leaves);
    return this.summary(opened);
  }

  private problem(sentence: string): void {
    this.problems.push(sentence);
    this.options.say(`✗ ${sentence}`);
  }

  /** Does a part of the work; what is not as the formats say is a problem of that part. */
  private async attempt(what: string, work: () => Promise<void> | void): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof LogFormatError)) throw error;
      this.problem(`${what}: ${error.message}`);
    }
  }

  private async fetched(path: string): Promise<Uint8Array> {
    const { status, bytes }: SiteAnswer = await this.options.site.get(path);
    if (status !== 200) throw new LogFormatError(`it is not served any more (${status})`);
    return bytes;
  }

  /** Every entry, hashed into a tree of our own: its root must be the signed one, and so must the one seen before. */
  private async entries({ head }: OpenedHead): Promise<LeafStatement[]> {
    const { seen } = this.options;
    const before = seen ? openCheckpoint(seen.checkpoint, seen.origin, seen.vkeys.map(readVkey)) : null;
    if (before && before.size > head.size)
      this.problem(`the log had ${before.size} entries when it was last seen, and has ${head.size} now`);
    const tree = new GrowingTree();
    const compare = (): void => {
      if (before?.size === tree.size && !equalBytes(tree.root(), before.root))
        this.problem(`the first ${tree.size} entries are not those that were seen before`);
    };
    compare();
    const leaves: LeafStatement[] = [];
    const once = new Set<string>();
    for (const tile of [...tilesOf(head.size)].filter(({ level }) => level === 'entries')) {
      await this.attempt(tilePath(tile), async () => {
        for (const entry of entriesOfBundle(await this.fetched(`/log/${tilePath(tile)}`), tile.width)) {
          const index = tree.size;
          tree.append(leafHash(entry), (height, at, hash) => {
            if (height % TILE_HEIGHT === 0) this.nodes.set(`${height / TILE_HEIGHT}/${at}`, hash);
          });
          compare();
          await this.attempt(`entry ${index}`, () => {
            const leaf = readStatement(textOf(entry));
            const key = `${leaf.kind} ${leaf.sha256}`;
            if (once.has(key)) throw new LogFormatError('the same document stands in the log twice');
            once.add(key);
            leaves.push(leaf);
          });
        }
      });
    }
    if (tree.size !== head.size || !equalBytes(tree.root(), head.root))
      this.problem('the entries are not those over which the head was signed');
    else this.options.say(`All ${head.size} entries are those that were signed.`);
    return leaves;
  }

  /** Every hash that is served is the one that the entries give. */
  private async tiles(size: number): Promise<void> {
    const tiles = [...tilesOf(size)].filter(({ level }) => level !== 'entries');
    await inTurns(tiles, (tile) =>
      this.attempt(tilePath(tile), async () => {
        const hashes = hashesOfTile(await this.fetched(`/log/${tilePath(tile)}`), tile.width);
        if (!hashes.every((hash, at) => this.isNode(tile, at, hash)))
          throw new LogFormatError('its hashes are not those of the entries');
      }),
    );
    this.options.say(`${tiles.length} tiles were compared.`);
  }

  private isNode({ level, index }: Tile, at: number, hash: Hash): boolean {
    const ours = this.nodes.get(`${level}/${index * 256 + at}`);
    return ours !== undefined && equalBytes(ours, hash);
  }

  /** Every document is served, has the hash of its leaf, and adds up. */
  private async published(leaves: readonly LeafStatement[]): Promise<void> {
    const releases = new Map<string, LoggedRelease[]>();
    await inTurns(leaves, (leaf) =>
      this.attempt(nameOf(leaf), async () => {
        const path = documentPath(leaf);
        if (path === null) return this.options.say(`An entry of the kind “${leaf.kind}” is not known here.`);
        const bytes = await this.fetched(path);
        if (hexOf(sha256Of(bytes)) !== leaf.sha256)
          throw new LogFormatError('what is served is not what was published');
        const document: Json = readCanonical(textOf(bytes));
        this.documents += 1;
        if (leaf.kind !== 'release' || leaf.number === null) return;
        const { subject, number, publishedAt } = leaf;
        releases.set(subject, [...(releases.get(subject) ?? []), { subject, number, publishedAt, document }]);
      }),
    );
    for (const ofContract of releases.values()) {
      for (const sentence of releaseProblems(ofContract.sort((a, b) => a.number - b.number)))
        this.problem(sentence);
    }
    this.options.say(`${this.documents} published documents were read, ${releases.size} contracts added up.`);
  }

  private summary(opened: OpenedHead | null): Verdict {
    const { problems, documents } = this;
    const size = opened?.head.size ?? 0;
    const good = opened !== null && problems.length === 0;
    return {
      problems,
      size,
      documents,
      seen: good ? remembered(opened) : null,
      line: good
        ? `GREEN  ${size} entries and ${documents} documents are what was signed and published; nothing was taken back.`
        : `RED  ${problems.length} ${problems.length === 1 ? 'thing does' : 'things do'} not hold: ${problems[0] ?? ''}.`,
    };
  }
}

function nameOf({ kind, subject, number, day }: LeafStatement): string {
  return `${kind} ${subject} ${number ?? day ?? ''}`.trimEnd();
}

/** A few at once: quick on a far line, and gentle with the server. */
async function inTurns<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const left = items.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const item of left) await work(item);
    }),
  );
}

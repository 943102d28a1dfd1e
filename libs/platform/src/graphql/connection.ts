import type { Type } from '@nestjs/common';
import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { DomainError, LIMITS } from '#kernel';
import { Policy } from './policy.js';

const PAGE_ROWS_DEFAULT = 20;

@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: PAGE_ROWS_DEFAULT, description: `1 … ${LIMITS.pageRowsMax}` })
  first: number;

  @Field(() => String, { nullable: true, description: 'The `endCursor` of the page before.' })
  after?: string | null;
}

@ObjectType('PageInfo')
@Policy('public')
export class PageInfoModel {
  @Field()
  hasNextPage: boolean;

  @Field(() => String, { nullable: true })
  endCursor: string | null;
}

/** A page as the resolvers return it: rows and where to go on. */
export interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly edges: readonly { readonly node: Node; readonly cursor: string }[];
  readonly pageInfo: PageInfoModel;
}

/** The Relay connection type of a node type: `ContractConnection` for `Contract`. */
export function connectionOf<Node extends object>(node: Type<Node>, name: string): Type<Page<Node>> {
  @ObjectType(`${name}Edge`)
  @Policy('public')
  class EdgeModel {
    @Field(() => node)
    node: Node;

    @Field()
    cursor: string;
  }

  @ObjectType(`${name}Connection`)
  @Policy('public')
  class ConnectionModel {
    @Field(() => [node], { description: 'The rows alone, for those who need no cursor for each.' })
    nodes: Node[];

    @Field(() => [EdgeModel])
    edges: EdgeModel[];

    @Field(() => PageInfoModel)
    pageInfo: PageInfoModel;
  }
  return ConnectionModel as unknown as Type<Page<Node>>;
}

/** What a keyset query needs: how many rows (one more than asked, to know whether more follow) and after which key. */
export interface Keyset {
  readonly first: number;
  readonly limit: number;
  readonly after: readonly string[] | null;
}

/**
 * @param columns how many values a cursor of this list holds
 * @throws DomainError `BAD_INPUT` for a page size out of range or a cursor that is not of this list
 */
export function keysetOf(page: PageArgs, columns: number): Keyset {
  if (!Number.isInteger(page.first) || page.first < 1 || page.first > LIMITS.pageRowsMax) {
    throw DomainError.badInput([
      { field: 'first', message: `“first” must be from 1 to ${LIMITS.pageRowsMax}.` },
    ]);
  }
  return {
    first: page.first,
    limit: page.first + 1,
    after: page.after ? readCursor(page.after, columns) : null,
  };
}

/** Cuts the extra row off and makes the cursors. */
export function pageOf<Node>(
  rows: readonly Node[],
  keyset: Keyset,
  keyOf: (node: Node) => readonly string[],
): Page<Node> {
  const nodes = rows.slice(0, keyset.first);
  const last = nodes.at(-1);
  return {
    nodes,
    // Made only when a client asks for edges: most read the nodes.
    get edges() {
      return nodes.map((node) => ({ node, cursor: writeCursor(keyOf(node)) }));
    },
    pageInfo: {
      hasNextPage: rows.length > keyset.first,
      endCursor: last === undefined ? null : writeCursor(keyOf(last)),
    },
  };
}

function writeCursor(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

function readCursor(cursor: string, columns: number): readonly string[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(key) && key.length === columns && key.every((part) => typeof part === 'string'))
      return key;
  } catch {
    // Falls through to the one refusal below.
  }
  throw DomainError.badInput([{ field: 'after', message: '“after” is not a cursor of this list.' }]);
}

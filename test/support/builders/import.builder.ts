import { randomUUID } from 'node:crypto';
import type { BuiltCommunity, BuiltPerson } from './identity.builder.js';

const IMPORT = `id state fileName made { row kind contractRef madeId } undoReason`;
export const UPLOAD = `mutation ($input: UploadImportInput!) { uploadImport(input: $input) { ${IMPORT} } }`;
export const APPLY = `mutation ($input: ApplyImportInput!) { applyImport(input: $input) { ${IMPORT} } }`;
export const UNDO = `mutation ($input: UndoImportInput!) { undoImport(input: $input) { ${IMPORT} } }`;
export const DISCARD = `mutation ($input: DiscardImportInput!) { discardImport(input: $input) { ${IMPORT} } }`;
export const CONFIRM = `mutation ($input: AnswerPledgeProposalInput!) { confirmPledgeProposal(input: $input) { id state } }`;
export const DECLINE = `mutation ($input: AnswerPledgeProposalInput!) { declinePledgeProposal(input: $input) { id state } }`;
export const PREVIEW = `query ($id: ID!, $settings: ImportSettingsInput, $state: ImportRowState, $first: Int! = 100, $after: String) {
  contractImport(id: $id) { state preview(settings: $settings) {
    columns { column head field } dateOrder asksDateOrder currency unknownSupporters hash
    counts { rows ready exists problem leftOut }
    sums { kind count amount { amountMinor currency } }
    rows(state: $state, first: $first, after: $after) {
      nodes { row state supporter problems { column message remedy } deeds { kind exists amount { amountMinor } valueDate } }
      pageInfo { hasNextPage endCursor }
    }
  } }
}`;

export interface BuiltImport {
  readonly id: string;
  readonly state: string;
  readonly made: { readonly row: number; readonly kind: string; readonly madeId: string }[];
}

export interface ShownPreview {
  readonly columns: { readonly column: number; readonly field: string | null }[];
  readonly dateOrder: string | null;
  readonly asksDateOrder: boolean;
  readonly unknownSupporters: string[];
  readonly hash: string;
  readonly counts: Readonly<Record<'rows' | 'ready' | 'exists' | 'problem' | 'leftOut', number>>;
  readonly sums: {
    readonly kind: string;
    readonly count: number;
    readonly amount: { readonly amountMinor: string };
  }[];
  readonly rows: {
    readonly nodes: {
      readonly row: number;
      readonly state: string;
      readonly problems: { readonly column: string; readonly message: string; readonly remedy: string }[];
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

const HEAD = 'Supporter;Contract;Pledged;Received;Date;Repaid;Repaid on;Note';

/** As a German spreadsheet writes it. */
export function importTable(rows: readonly string[]): string {
  return `${[HEAD, ...rows].join('\r\n')}\r\n`;
}

export function uploadInput(fablab: BuiltCommunity, text: string | Buffer) {
  return {
    idempotencyKey: randomUUID(),
    fablabId: fablab.id,
    fileName: 'pledges.csv',
    contentBase64: Buffer.from(text as string).toString('base64'),
  };
}

export async function upload(
  person: BuiltPerson,
  fablab: BuiltCommunity,
  text: string | Buffer,
): Promise<BuiltImport> {
  const input = uploadInput(fablab, text);
  return (await person.client.get<{ uploadImport: BuiltImport }>(UPLOAD, { input })).uploadImport;
}

export async function preview(
  person: BuiltPerson,
  id: string,
  settings: Record<string, unknown> | null = null,
  over: Record<string, unknown> = {},
): Promise<ShownPreview> {
  const variables = { id, settings, ...over };
  return (await person.client.get<{ contractImport: { preview: ShownPreview } }>(PREVIEW, variables))
    .contractImport.preview;
}

export async function applyInput(person: BuiltPerson, id: string, settings: Record<string, unknown> = {}) {
  const { hash } = await preview(person, id, settings);
  return { idempotencyKey: randomUUID(), importId: id, settings, previewHash: hash };
}

export async function apply(
  person: BuiltPerson,
  id: string,
  settings: Record<string, unknown> = {},
): Promise<BuiltImport> {
  const input = await applyInput(person, id, settings);
  return (await person.client.get<{ applyImport: BuiltImport }>(APPLY, { input })).applyImport;
}

export function undoInput(importId: string) {
  return { idempotencyKey: randomUUID(), importId, reason: 'It was the table of last year.' };
}

export async function undo(person: BuiltPerson, id: string): Promise<BuiltImport> {
  return (await person.client.get<{ undoImport: BuiltImport }>(UNDO, { input: undoInput(id) })).undoImport;
}

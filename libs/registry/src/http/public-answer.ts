import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '#platform';
import { cacheControl, documentTag, isFresh, pageTag, type Freshness } from './conditional.js';

export interface Answer {
  readonly type: string;
  readonly body: string | Buffer;
  readonly tag: string;
  readonly freshness: Freshness;
  /** Documents may be read by scripts of any site; pages are for people. */
  readonly open: boolean;
}

/** The address that people use, without a trailing slash. */
export function originOf(config: Config, request: FastifyRequest): string {
  return config.publicUrl ?? `${request.protocol}://${request.host}`;
}

export function sendPage(request: FastifyRequest, reply: FastifyReply, page: string): FastifyReply {
  const answer = { type: 'text/html; charset=utf-8', body: page, tag: pageTag(page) };
  return send(request, reply, { ...answer, freshness: 'revalidate', open: false });
}

/** The stored bytes, unchanged, under a tag that names their hash. */
export function sendJson(
  request: FastifyRequest,
  reply: FastifyReply,
  document: { readonly canonicalJson: string; readonly sha256: string },
  freshness: Freshness,
): FastifyReply {
  return send(request, reply, {
    type: 'application/json; charset=utf-8',
    body: Buffer.from(document.canonicalJson, 'utf8'),
    tag: documentTag(document.sha256),
    freshness,
    open: true,
  });
}

/** A later version of this software may draw a PDF better, so it is asked for again, unlike a release's JSON. */
export function sendPdf(
  request: FastifyRequest,
  reply: FastifyReply,
  pdf: Buffer,
  fileName: string,
): FastifyReply {
  reply.header('content-disposition', `inline; filename="${fileName}"`);
  const tag = pageTag(pdf).replace(/^W\//, '');
  return send(request, reply, {
    type: 'application/pdf',
    body: pdf,
    tag,
    freshness: 'revalidate',
    open: true,
  });
}

/** A proof leads to the newest head, so it is asked for again; an older one stays true. */
export async function sendProof(
  request: FastifyRequest,
  reply: FastifyReply,
  proof: string | null,
): Promise<void> {
  if (proof === null) return sendNotYet(reply);
  const answer = { type: 'text/plain; charset=utf-8', body: proof, tag: pageTag(proof) };
  await send(request, reply, { ...answer, freshness: 'revalidate', open: true });
}

/** What was published this very moment has no place in the log yet. */
export async function sendNotYet(reply: FastifyReply): Promise<void> {
  await reply
    .status(503)
    .header('retry-after', '2')
    .header('cache-control', 'no-store')
    .header('access-control-allow-origin', '*')
    .type('text/plain; charset=utf-8')
    .send('This release has no place in the public log yet. Please try again in a few seconds.\n');
}

/** Anything public, with its validator and how long it may be kept. */
export function send(request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply {
  reply.header('etag', answer.tag).header('cache-control', cacheControl(answer.freshness));
  if (answer.open) {
    reply
      .header('access-control-allow-origin', '*')
      .header('access-control-expose-headers', 'etag')
      .header('cross-origin-resource-policy', 'cross-origin');
  }
  if (isFresh(request.headers['if-none-match'], answer.tag)) return reply.status(304).send();
  return reply.type(answer.type).send(answer.body);
}

import { fastify } from 'fastify';

/**
 * The named reference: the same bytes with the same headers, held in memory by Fastify with nothing behind it. Which
 * they are is told by the parent, path by path.
 */
interface Fixed {
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

const server = fastify();
const fixed = new Map<string, { body: Buffer; headers: Fixed['headers'] }>();

server.post<{ Body: Fixed }>('/fix', ({ body }) => {
  fixed.set(body.path, { body: Buffer.from(body.body, 'base64'), headers: body.headers });
  return {};
});
server.get('*', (request, reply) => {
  const found = fixed.get(request.url);
  if (!found) return reply.status(404).send();
  return reply.headers(found.headers).send(found.body);
});

process.on('SIGTERM', () => void server.close());
const url = await server.listen({ port: 0, host: '127.0.0.1' });
process.send?.({ type: 'ready', url });
process.channel?.unref();

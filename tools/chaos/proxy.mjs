import { connect, createServer } from 'node:net';

/**
 * A cable that can be cut: forwards connections of a local port to another one.
 * @typedef {{ port: number, cut: () => void, mend: () => void, close: () => Promise<void> }} Proxy
 */

/**
 * @param {number} target a port on 127.0.0.1
 * @returns {Promise<Proxy>}
 */
export async function startProxy(target) {
  /** @type {Set<import('node:net').Socket>} */
  const sockets = new Set();
  let isCut = false;
  const server = createServer((inside) => {
    if (isCut) {
      inside.destroy();
      return;
    }
    const outside = connect(target, '127.0.0.1');
    for (const [one, other] of [
      [inside, outside],
      [outside, inside],
    ]) {
      sockets.add(/** @type {import('node:net').Socket} */ (one));
      one?.on('error', () => other?.destroy());
      one?.on('close', () => {
        sockets.delete(/** @type {import('node:net').Socket} */ (one));
        other?.destroy();
      });
    }
    inside.pipe(outside).pipe(inside);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    cut: () => {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend: () => {
      isCut = false;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(() => resolve(undefined)));
    },
  };
}

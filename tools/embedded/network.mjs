/** Ports of this machine: asking for a free one, and asking whether one can be had. */
import { createServer } from 'node:net';

/**
 * @param {number} port 0 asks for any
 * @param {string} host
 * @returns {Promise<number>} the port that was free; rejects with the system's error when it is not
 */
function tryListen(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const got = typeof address === 'object' && address ? address.port : port;
      server.close(() => resolve(got));
    });
  });
}

/**
 * @param {string} host
 * @param {number} [preferred] taken when it is free: a server then keeps its address over restarts
 */
export async function freePort(host, preferred) {
  if (preferred) {
    try {
      return await tryListen(preferred, host);
    } catch {
      // Someone else has it meanwhile; any other will do.
    }
  }
  return tryListen(0, host);
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<string | undefined>} the system's error code when the port cannot be had
 */
export async function portProblem(port, host) {
  try {
    await tryListen(port, host);
    return undefined;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code ?? String(error);
  }
}

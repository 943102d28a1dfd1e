/** What the verifier needs of the world, so that the same code runs in Node, in a browser and in a test. */
export interface Site {
  /** `https://csm.example.org`, without a slash at the end. */
  readonly address: string;
  /** Asks for a path below the address, past every cache. @throws SiteError when there is no answer at all */
  get(path: string): Promise<SiteAnswer>;
}

export interface SiteAnswer {
  readonly status: number;
  readonly bytes: Uint8Array;
}

/** The site could not be asked: that says nothing about the log, good or bad. */
export class SiteError extends Error {
  override readonly name = 'SiteError';
}

type Fetch = (
  url: string,
  options: { readonly cache: 'no-store'; readonly signal: AbortSignal },
) => Promise<{ readonly status: number; arrayBuffer(): Promise<ArrayBuffer> }>;

const ANSWER_MILLISECONDS = 60_000;

/** A site over HTTP. */
export function httpSite(address: string, fetch: Fetch): Site {
  const root = address.replace(/\/+$/, '');
  return {
    address: root,
    get: async (path) => {
      try {
        const signal = AbortSignal.timeout(ANSWER_MILLISECONDS);
        const response = await fetch(`${root}${path}`, { cache: 'no-store', signal });
        return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) };
      } catch {
        throw new SiteError(`${root}${path} does not answer.`);
      }
    },
  };
}

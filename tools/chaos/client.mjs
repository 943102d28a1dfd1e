import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const ASK_MILLISECONDS_MAX = 8000;

/**
 * @typedef {{ code: string, message: string }} Refusal
 * @typedef {{ data: Record<string, unknown> | null, refusal: Refusal | null }} Answer
 */

/** A person at one of several API processes: asks another one when one does not answer, with the same key. */
export class Person {
  /** @param {readonly string[]} urls @param {() => number} random */
  constructor(urls, random) {
    this.urls = urls;
    this.random = random;
    this.cookie = '';
    this.id = '';
  }

  /**
   * Asks until somebody answers. What failed inside is asked again: the key makes that harmless.
   * @param {string} query
   * @param {object} variables
   * @param {() => boolean} mayGoOn
   * @returns {Promise<Answer>}
   */
  async ask(query, variables, mayGoOn = () => true) {
    for (let tries = 0; ; tries += 1) {
      const answer = await this.askOnce(query, variables);
      if (answer && answer.refusal?.code !== 'INTERNAL') return answer;
      if (!mayGoOn() || tries > 200)
        throw new Error(`no answer: ${answer?.refusal?.message ?? 'unreachable'}`);
      await sleep(50 + this.random() * 200);
    }
  }

  /** @param {string} query @param {object} variables @returns {Promise<Answer | null>} null: nobody answered */
  async askOnce(query, variables) {
    const url = this.urls[Math.floor(this.random() * this.urls.length)] ?? '';
    try {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: this.cookie },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(ASK_MILLISECONDS_MAX),
      });
      for (const cookie of response.headers.getSetCookie()) this.cookie = cookie.split(';')[0] ?? '';
      const body =
        /** @type {{ data?: Record<string, unknown>, errors?: { message: string, extensions?: { code?: string } }[] }} */ (
          await response.json()
        );
      const [error] = body.errors ?? [];
      if (error)
        return {
          data: null,
          refusal: { code: error.extensions?.code ?? 'INTERNAL', message: error.message },
        };
      return { data: body.data ?? null, refusal: null };
    } catch {
      return null;
    }
  }

  /**
   * One mutation. @param {string} name @param {Record<string, unknown>} input @param {string} fields
   * @param {() => boolean} [mayGoOn]
   */
  mutate(name, input, fields, mayGoOn) {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    return this.ask(`mutation ($input: ${type}!) { ${name}(input: $input) ${fields} }`, { input }, mayGoOn);
  }

  /**
   * As `mutate`, for setting up: a refusal is a mistake.
   * @param {string} name @param {Record<string, unknown>} input @param {string} fields
   * @returns {Promise<Record<string, string>>}
   */
  async must(name, input, fields) {
    const { data, refusal } = await this.mutate(name, input, fields);
    if (refusal) throw new Error(`${name}: ${refusal.message}`);
    return /** @type {Record<string, string>} */ (data?.[name]);
  }

  /** @param {string} displayName */
  async signUp(displayName) {
    this.email = `${randomUUID()}@example.org`;
    const made = await this.must(
      'signUp',
      { email: this.email, password: 'a birch beside the gate', displayName },
      '{ id }',
    );
    this.id = made['id'] ?? '';
    return this;
  }
}

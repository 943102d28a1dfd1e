import { GraphqlClient, type GraphqlError } from '../../apps/demo/src/graphql-client.js';

export type { GraphqlAnswer, GraphqlError } from '../../apps/demo/src/graphql-client.js';

/** The API's client, with what only a test asks for. */
export class TestClient extends GraphqlClient {
  /** The one error that was expected. @throws Error when the call went through */
  async refusal(query: string, variables: Record<string, unknown> = {}): Promise<GraphqlError> {
    const { data, errors } = await this.ask<unknown>(query, variables);
    const [error] = errors ?? [];
    if (!error) throw new Error(`A refusal was expected, but the API answered ${JSON.stringify(data)}`);
    return error;
  }
}

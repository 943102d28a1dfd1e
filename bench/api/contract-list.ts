import { deepStrictEqual } from 'node:assert';
import { accept, draftContract, openContract, pledge } from '../../apps/demo/src/contracts.js';
import { GraphqlClient } from '../../apps/demo/src/graphql-client.js';
import { createCommunity, type Character } from '../../apps/demo/src/people.js';
import { designProduct, furnish } from './workshop-fixture.js';

/** What the contracts page asks for. */
export const CONTRACT_LIST = `{
  contracts(first: 20) { nodes {
    ref title state deadline
    fablab { name slug }
    receivingCommunities { name slug }
    funding { threshold { amountMinor currency } pledged { amountMinor currency } received { amountMinor currency } pledgeCount }
  } }
}`;

async function signUp(url: string, name: string): Promise<Character> {
  const client = new GraphqlClient(url);
  const { signUp } = await client.get<{ signUp: { id: string } }>(
    `mutation ($input: SignUpInput!) { signUp(input: $input) { id } }`,
    { input: { email: `${name}@bench.invalid`, password: `bench ${name} bench`, displayName: name } },
  );
  return { id: signUp.id, client };
}

export interface Filled {
  /** Coordinates the fablab, and keeps its books. */
  readonly coordinator: Character;
  readonly fablabId: string;
  readonly refs: readonly string[];
}

/** Open contracts with three parties and two pledges each, made through the API. */
export async function fillContracts(url: string, count: number): Promise<Filled> {
  const [ines, marta, pilar] = [
    await signUp(url, 'ines'),
    await signUp(url, 'marta'),
    await signUp(url, 'pilar'),
  ];
  const community = (founder: Character, slug: string, manufactures: boolean): Promise<string> =>
    createCommunity(founder, {
      name: `Community ${slug}`,
      slug,
      description: 'For the benchmark.',
      place: 'Here',
      receives: !manufactures,
      manufactures,
    });
  const fablabId = await community(ines, 'bench-fablab', true);
  const left = await community(marta, 'bench-left', false);
  const right = await community(pilar, 'bench-right', false);
  const productVersionId = await designProduct(ines, fablabId, await furnish(ines, fablabId));
  const inDays = (days: number): string =>
    new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const refs: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const draft = await draftContract(ines, {
      fablabId,
      receivingCommunityIds: [left, right],
      title: `Contract ${index} of the benchmark`,
      summary: 'Made to be listed.',
      deadline: inDays(30),
      thresholdMinor: '1000000',
      deliverables: [
        {
          productVersionId,
          receiverId: left,
          tier: 'fair',
          quantity: 2,
          unitPriceMinor: '24000',
          dueOn: inDays(90),
        },
        {
          productVersionId,
          receiverId: right,
          tier: 'free',
          quantity: 1,
          unitPriceMinor: '0',
          dueOn: inDays(90),
        },
      ],
      milestones: [],
    });
    const contract = await openContract(ines, draft);
    await accept(marta, left, contract);
    await pledge(marta, left, contract.id, '120000');
    await pledge(pilar, right, contract.id, '80000');
    refs.push(contract.ref);
  }
  return { coordinator: ines, fablabId, refs };
}

/** Both must answer with the very same rows, or the ratio would compare two different things. */
export async function sameRows(ours: string, reference: string): Promise<void> {
  const post = async (url: string): Promise<unknown> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: CONTRACT_LIST }),
    });
    return response.json();
  };
  deepStrictEqual(await post(`${ours}/graphql`), await post(`${reference}/contracts`));
}

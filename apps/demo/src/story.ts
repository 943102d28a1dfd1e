import {
  accept,
  draftContract,
  openContract,
  pledge,
  recordPayment,
  type ContractTerms,
} from './contracts.js';
import { complete, start, takeNext } from './jobs.js';
import { createCommunity, invite, signUpCast, type Cast } from './people.js';
import { designTrailer, furnishWorkshop, type Places } from './workshop.js';

interface Scene {
  readonly cast: Cast;
  readonly fablabId: string;
  readonly oakHollowId: string;
  readonly sunfieldId: string;
  readonly places: Places;
  readonly trailerId: string;
  readonly day: (offsetDays: number) => string;
}

/**
 * Tells the demo story: a fablab, two communities that support it, one contract at work, one looking for
 * pledges, one still being written. Every step is a call of the public API, so the story can do nothing that a
 * person could not.
 * @param url where the API answers
 * @param today the day the story is told; all its dates follow from it
 */
export async function tellStory(url: string, today: Date): Promise<void> {
  const scene = await setTheScene(url, today);
  await contractAtWork(scene);
  await contractLookingForPledges(scene);
  await contractBeingWritten(scene);
}

async function setTheScene(url: string, today: Date): Promise<Scene> {
  const cast = await signUpCast(url);
  const fablabId = await createCommunity(cast.ines, {
    name: 'Rivermill Fablab',
    slug: 'rivermill',
    description:
      'A workshop in an old mill: wood, metal and patience. We make what neighbours need and cannot make.',
    place: 'Rivermill',
    receives: false,
    manufactures: true,
  });
  const oakHollowId = await createCommunity(cast.marta, {
    name: 'Oak Hollow',
    slug: 'oak-hollow',
    description: 'Forty people on a hillside farm, an hour from the next town.',
    place: 'Oak Hollow',
    receives: true,
    manufactures: false,
  });
  const sunfieldId = await createCommunity(cast.pilar, {
    name: 'Sunfield Housing Cooperative',
    slug: 'sunfield',
    description: 'Sixty flats around a courtyard, with a food cooperative that delivers by bicycle.',
    place: 'Sunfield',
    receives: true,
    manufactures: false,
  });
  await invite(cast.ines, cast.ruth, 'ruth', fablabId, ['member', 'treasurer']);
  await invite(cast.ines, cast.tomas, 'tomas', fablabId, ['member', 'maker']);
  await invite(cast.ines, cast.aiko, 'aiko', fablabId, ['member', 'maker']);
  await invite(cast.marta, cast.jonas, 'jonas', oakHollowId, ['member', 'treasurer']);
  const places = await furnishWorkshop(cast, fablabId);
  const trailerId = await designTrailer(cast, fablabId, places);
  const day = (offsetDays: number): string =>
    new Date(today.getTime() + offsetDays * 86_400_000).toISOString().slice(0, 10);
  return { cast, fablabId, oakHollowId, sunfieldId, places, trailerId, day };
}

function trailers(scene: Scene, quantities: { oakHollow: number; sunfield: number }, dueInDays: number) {
  const line = (receiverId: string, quantity: number) => ({
    productVersionId: scene.trailerId,
    receiverId,
    tier: 'fair' as const,
    quantity,
    unitPriceMinor: '24000',
    dueOn: scene.day(dueInDays),
  });
  return [line(scene.oakHollowId, quantities.oakHollow), line(scene.sunfieldId, quantities.sunfield)];
}

function terms(scene: Scene, more: Omit<ContractTerms, 'fablabId' | 'receivingCommunityIds'>): ContractTerms {
  return { fablabId: scene.fablabId, receivingCommunityIds: [scene.oakHollowId, scene.sunfieldId], ...more };
}

/** Active: both communities lent, the makers have begun. */
async function contractAtWork(scene: Scene): Promise<void> {
  const { ines, ruth, marta, jonas, pilar, tomas, aiko } = scene.cast;
  const draft = await draftContract(
    ines,
    terms(scene, {
      title: 'Five bicycle trailers for the harvest',
      summary:
        'Oak Hollow and Sunfield lend the seed money for tube, wheels and a welding jig; Rivermill builds five trailers and pays the loans back from later sales.',
      deadline: scene.day(21),
      thresholdMinor: '300000',
      deliverables: trailers(scene, { oakHollow: 3, sunfield: 2 }, 60),
      milestones: [
        { name: 'Prototype inspected by both communities', dueOn: scene.day(30) },
        { name: 'All trailers delivered', dueOn: scene.day(60) },
      ],
    }),
  );
  const contract = await openContract(ines, draft);
  await accept(ines, scene.fablabId, contract);
  await accept(marta, scene.oakHollowId, contract);
  const oakHollowLoan = await pledge(jonas, scene.oakHollowId, contract.id, '180000');
  await accept(pilar, scene.sunfieldId, contract);
  const sunfieldLoan = await pledge(pilar, scene.sunfieldId, contract.id, '120000');
  await recordPayment(ruth, oakHollowLoan, '180000', scene.day(0));
  await recordPayment(ruth, sunfieldLoan, '60000', scene.day(0));
  const tubes = await takeNext(aiko, scene.places.metalSectionId);
  await start(aiko, tubes);
  await complete(aiko, tubes, 'All cut. One length had a dent; used it for the cross pieces.');
  const boards = await takeNext(tomas, scene.places.woodSectionId);
  await start(tomas, boards, 'The ash is dry and straight; planing one side is enough.');
}

/** Open: accepted by two of three, a third of the threshold pledged. */
async function contractLookingForPledges(scene: Scene): Promise<void> {
  const { ines, marta, jonas } = scene.cast;
  const draft = await draftContract(
    ines,
    terms(scene, {
      title: 'Eight trailers for the food cooperative',
      summary:
        'A second batch, lighter on seed money because the jig exists. Four of the eight go to households that cannot pay for one.',
      deadline: scene.day(45),
      thresholdMinor: '240000',
      deliverables: trailers(scene, { oakHollow: 2, sunfield: 6 }, 120),
      milestones: [{ name: 'First four trailers delivered', dueOn: scene.day(90) }],
    }),
  );
  const contract = await openContract(ines, draft);
  await accept(ines, scene.fablabId, contract);
  await accept(marta, scene.oakHollowId, contract);
  await pledge(jonas, scene.oakHollowId, contract.id, '80000');
}

/** Draft: seen by its parties alone. */
async function contractBeingWritten(scene: Scene): Promise<void> {
  await draftContract(
    scene.cast.ines,
    terms(scene, {
      title: 'Repair stand for every courtyard',
      summary: 'First thoughts: trailers that fold out into a repair stand. Numbers are still open.',
      deadline: scene.day(75),
      thresholdMinor: '150000',
      deliverables: trailers(scene, { oakHollow: 1, sunfield: 1 }, 150),
      milestones: [{ name: 'Drawings agreed', dueOn: scene.day(40) }],
    }),
  );
}

import type { Cast, Character } from './people.js';

export interface Places {
  readonly saw: string;
  readonly bench: string;
  readonly tubes: string;
  readonly weld: string;
  readonly woodSectionId: string;
  readonly metalSectionId: string;
}

/** Calls a mutation that makes one thing. @returns its id */
export async function create<Name extends string>(
  who: Character,
  mutation: Name,
  input: object,
): Promise<string> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const answer = await who.client.get<Record<Name, { id: string }>>(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { id } }`,
    { input },
  );
  return answer[mutation].id;
}

/** Two sections with their work centres, and who may work where. */
export async function furnishWorkshop(cast: Cast, fablabId: string): Promise<Places> {
  const { ines, tomas, aiko } = cast;
  const saws = await create(ines, 'createQualification', { fablabId, name: 'Saw safety', kind: 'safety' });
  const welding = await create(ines, 'createQualification', {
    fablabId,
    name: 'Welding (MIG)',
    kind: 'competency',
  });
  const woodSectionId = await create(ines, 'createSection', {
    fablabId,
    name: 'Woodworking',
    slug: 'woodworking',
  });
  const metalSectionId = await create(ines, 'createSection', {
    fablabId,
    name: 'Metalworking',
    slug: 'metalworking',
  });
  const centre = (sectionId: string, name: string, capacity: number, requiredQualificationIds: string[]) =>
    create(ines, 'createWorkCentre', { sectionId, name, capacity, requiredQualificationIds });
  const places = {
    saw: await centre(woodSectionId, 'Panel saw', 1, [saws]),
    bench: await centre(woodSectionId, 'Assembly bench', 3, []),
    tubes: await centre(metalSectionId, 'Tube saw and notcher', 1, [saws]),
    weld: await centre(metalSectionId, 'Welding booth', 2, [welding]),
    woodSectionId,
    metalSectionId,
  };
  const grant = (maker: Character, qualificationId: string) =>
    create(ines, 'grantQualification', { personId: maker.id, qualificationId });
  await grant(tomas, saws);
  await grant(aiko, saws);
  await grant(aiko, welding);
  return places;
}

/** The trailer: what goes in, and four steps across two sections. */
export async function designTrailer(cast: Cast, fablabId: string, places: Places): Promise<string> {
  const productId = await create(cast.ines, 'createProduct', {
    fablabId,
    name: 'Bicycle trailer',
    slug: 'bicycle-trailer',
    description: 'A flat trailer for 60 kg, welded from square tube, with a deck of ash boards. Open design.',
  });
  return create(cast.ines, 'createProductVersion', {
    productId,
    label: '1.0',
    licence: 'CERN-OHL-S-2.0',
    billOfMaterials: [
      { item: 'Square steel tube 20 × 20 × 2 mm', quantity: '4.8', unit: 'm' },
      { item: 'Ash board 18 mm', quantity: '0.62', unit: 'm²' },
      { item: 'Wheel 16″ with axle', quantity: '2', unit: 'pcs' },
      { item: 'Hitch, ball joint', quantity: '1', unit: 'pcs' },
      { item: 'Screw M6 × 40 with nut', quantity: '16', unit: 'pcs' },
    ],
    routing: [
      {
        name: 'Cut and notch tubes',
        workCentreId: places.tubes,
        setupMinutes: 15,
        unitMinutes: 12,
        after: [],
        instructions: 'Four long, three cross, one drawbar. Deburr inside and out.',
      },
      {
        name: 'Weld frame',
        workCentreId: places.weld,
        setupMinutes: 20,
        unitMinutes: 35,
        after: [1],
        instructions: 'Tack in the jig first, then weld crosswise. Diagonals equal within 2 mm.',
      },
      {
        name: 'Cut deck boards',
        workCentreId: places.saw,
        setupMinutes: 10,
        unitMinutes: 15,
        after: [],
        instructions: 'Five boards of 780 mm, edges rounded.',
      },
      {
        name: 'Assemble and test',
        workCentreId: places.bench,
        setupMinutes: 5,
        unitMinutes: 40,
        after: [2, 3],
        instructions: 'Mount wheels, deck and hitch. Load 60 kg, pull 50 m, check every weld.',
      },
    ],
  });
}

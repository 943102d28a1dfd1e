import { randomUUID } from 'node:crypto';
import { Database } from '#platform';
import { operation } from './catalogue.builder.js';
import type { BuiltPerson } from './identity.builder.js';
import {
  activateContract,
  buildRouting,
  buildSection,
  buildWorkCentre,
  type BuiltSection,
} from './workshop.builder.js';
import { WorkshopWorld } from './workshop-world.js';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly position: number;
  readonly part: number;
  readonly state: string;
  readonly quantity: number;
  readonly epoch: number;
  readonly open: number;
}

/** A workshop with ways to look at jobs and to do what is done to them. */
export class JobLifeWorld extends WorkshopWorld {
  /** Cut, then glue: one order, and both sections in one. */
  async twoSteps(name: string, quantity = 10): Promise<{ section: BuiltSection; ref: string }> {
    const section = await buildSection(this.mira, this.fablab, name);
    const centre = await buildWorkCentre(this.mira, section);
    const routing = [operation('Cut', centre.id), operation('Glue', centre.id, [1])];
    const versionId = await buildRouting(this.mira, this.fablab, routing, name);
    return { section, ref: await activateContract(this.app, this.fablab, versionId, [{ quantity }]) };
  }

  rows(section: BuiltSection): Promise<Row[]> {
    return this.app.app.get(Database).query<Row>(
      `SELECT id, name, position, part, state, quantity, epoch, predecessors_open AS open FROM workshop.job
       WHERE section_id = $1 ORDER BY position, part`,
      [section.id],
    );
  }

  async summary(section: BuiltSection): Promise<string[]> {
    return (await this.rows(section)).map((row) => `${row.name} ${row.part}: ${row.quantity} ${row.state}`);
  }

  events(type: string, jobId: string): Promise<{ payload: Record<string, unknown> }[]> {
    return this.app.app
      .get(Database)
      .query(`SELECT payload FROM platform.outbox WHERE type = $1 AND payload->>'jobId' = $2 ORDER BY id`, [
        type,
        jobId,
      ]);
  }

  async call<Answer = Record<string, unknown>>(
    who: BuiltPerson,
    mutation: string,
    input: Record<string, unknown>,
    fields = 'id state part quantity reason',
  ): Promise<Answer> {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} } }`;
    const variables = { input: { idempotencyKey: randomUUID(), ...input } };
    return (await who.client.get<Record<string, Answer>>(query, variables))[mutation] as Answer;
  }
}

import { randomUUID } from 'node:crypto';
import { expectRefused, type Refusal } from '../refusal.js';
import { startTestApp, type TestApp } from '../test-app.js';
import {
  buildFablab,
  buildMember,
  buildPerson,
  type BuiltCommunity,
  type BuiltPerson,
} from './identity.builder.js';
import {
  buildQualification,
  buildReadyJobs,
  buildSection,
  buildWorkCentre,
  grant,
  takeNext,
  type BuiltQualification,
  type BuiltSection,
  type BuiltWorkCentre,
  type TakenJob,
} from './workshop.builder.js';

/** An id of nothing. */
export const NOWHERE = '019cad3a-0000-7000-8000-0123456789ab';

/** The relay may write its marks at any time; everything else must stay as it was. */
const SCOPE = { schemas: ['workshop', 'platform'], except: ['platform.outbox', 'platform.outbox_reaction'] };

/** A fablab with a coordinator, two makers of whom one may use the table saw, a member, and a stranger. */
export class WorkshopWorld {
  app: TestApp;
  mira: BuiltPerson;
  tomas: BuiltPerson;
  ben: BuiltPerson;
  member: BuiltPerson;
  stranger: BuiltPerson;
  fablab: BuiltCommunity;
  wood: BuiltSection;
  saw: BuiltWorkCentre;
  safety: BuiltQualification;

  async open(): Promise<void> {
    this.app = await startTestApp();
    this.mira = await buildPerson(this.app, 'Mira');
    this.fablab = await buildFablab(this.mira, 'Oakmoor');
    this.tomas = await buildMember(this.app, this.mira, this.fablab, ['maker'], 'Tomás');
    this.ben = await buildMember(this.app, this.mira, this.fablab, ['maker'], 'Ben');
    this.member = await buildMember(this.app, this.mira, this.fablab, ['member'], 'Noor');
    this.stranger = await buildPerson(this.app, 'Stranger');
    this.wood = await buildSection(this.mira, this.fablab, 'Woodworking');
    this.safety = await buildQualification(this.mira, this.fablab, 'Table saw safety');
    this.saw = await buildWorkCentre(this.mira, this.wood, 'Table saw', [this.safety]);
    await grant(this.mira, this.tomas, this.safety, '2026-12-31');
  }

  /** Expects a refusal that changed nothing; `null` is somebody who is not signed in. */
  async refused(
    who: BuiltPerson | null,
    query: string,
    input: Record<string, unknown>,
    refusal: Refusal,
  ): Promise<void> {
    const call = { client: who?.client ?? this.app.client(), query, variables: { input } };
    await expectRefused(this.app, SCOPE, call, refusal);
  }

  /** A section with jobs at a bench that asks for nothing, and the first of them in the maker's hands. */
  async held(maker: BuiltPerson, name: string, count = 1): Promise<{ section: BuiltSection; job: TakenJob }> {
    const section = await buildSection(this.mira, this.fablab, name);
    await buildReadyJobs(this.app, this.mira, this.fablab, await buildWorkCentre(this.mira, section), count);
    const { job } = await takeNext(maker, section, randomUUID());
    if (!job) throw new Error('A job was expected.');
    return { section, job };
  }
}

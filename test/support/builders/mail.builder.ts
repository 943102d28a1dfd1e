import type { Id } from '#kernel';
import { MailService, Postman, type MailOrder } from '#identity';
import { UnitOfWork } from '#platform';
import type { TestApp } from '../test-app.js';
import type { BuiltPerson } from './identity.builder.js';

let occasions = 0;

/** A mail to people, about something that nobody was told of before. */
export function mailOrder(people: readonly BuiltPerson[], over: Partial<MailOrder> = {}): MailOrder {
  return {
    personIds: people.map(({ id }) => id as Id<'person'>),
    occasion: `test:${(occasions += 1)}`,
    kind: 'instalments',
    subject: 'Something is due: żółć',
    body: 'The first instalment is due on 31 July 2026.',
    path: '/contracts/CSM-2026-0001',
    ...over,
  };
}

export function queueMail(app: TestApp, order: MailOrder): Promise<number> {
  const mails = app.app.get(MailService, { strict: false });
  return app.app.get(UnitOfWork).run((tx) => mails.queue(tx, order));
}

/** Everything that is due is tried. */
export async function postMails(app: TestApp): Promise<void> {
  await app.settle();
  await app.worker?.get(Postman).run();
}

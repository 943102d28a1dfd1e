import { Injectable } from '@nestjs/common';
import { checkInput, type Id } from '#kernel';
import { UnitOfWork, type Viewer } from '#platform';
import { MAIL_KINDS, type MailKind } from '../domain/mail.js';
import { UnsubscribeLinks } from './unsubscribe-links.js';

/** Which kinds of mail a person wants. */
@Injectable()
export class MailSettingsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly links: UnsubscribeLinks,
  ) {}

  /** @throws DomainError `BAD_INPUT` */
  async change(viewer: Viewer, input: { readonly kind: string; readonly isOn: boolean }): Promise<void> {
    const kind = checkInput((check) => check.oneOf('kind', input.kind, MAIL_KINDS));
    await this.write(viewer.personId, kind, input.isOn);
  }

  /** By the link in a mail, without signing in. Doing it twice changes nothing more. @throws DomainError `NOT_FOUND` */
  async unsubscribe(token: string): Promise<MailKind> {
    const { personId, kind } = await this.links.read(token);
    await this.write(personId, kind, false);
    return kind;
  }

  private async write(personId: Id<'person'>, kind: MailKind, isOn: boolean): Promise<void> {
    await this.unitOfWork.run((tx) =>
      // Of somebody whose account is gone nothing is written, and a link out of an old mail still says yes.
      tx.execute(
        `INSERT INTO identity.mail_setting (person_id, kind, is_on, changed_at)
         SELECT id, $2, $3, $4 FROM identity.person WHERE id = $1
         ON CONFLICT ON CONSTRAINT mail_setting_pkey DO UPDATE SET is_on = $3, changed_at = $4`,
        [personId, kind, isOn, tx.now],
      ),
    );
  }
}

import { Module } from '@nestjs/common';
import { ViewerSource } from '#platform';
import { CommunityDirectory } from './community.directory.js';
import { CommunityLoader, PersonLoader } from './graphql/identity.loader.js';
import { MailService } from './mail/mail.service.js';
import { UnsubscribeLinks } from './mail/unsubscribe-links.js';
import { MembershipDirectory } from './membership.directory.js';
import { PersonDirectory } from './person.directory.js';
import { SessionService } from './session.service.js';

const doors = [
  CommunityDirectory,
  MembershipDirectory,
  PersonDirectory,
  CommunityLoader,
  PersonLoader,
  MailService,
  UnsubscribeLinks,
];

/** Services of identity, for every process and every context. */
@Module({
  providers: [SessionService, { provide: ViewerSource, useExisting: SessionService }, ...doors],
  exports: [ViewerSource, SessionService, ...doors],
})
export class IdentityModule {}

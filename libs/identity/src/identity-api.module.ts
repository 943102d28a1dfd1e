import { Module } from '@nestjs/common';
import { AccountService } from './account.service.js';
import { CommunityService } from './community.service.js';
import { AccountResolver } from './graphql/account.resolver.js';
import { CommunityResolver } from './graphql/community.resolver.js';
import { MailResolver } from './graphql/mail.resolver.js';
import { MemberResolver } from './graphql/member.resolver.js';
import { MembershipResolver } from './graphql/membership.resolver.js';
import { SessionDoor } from './graphql/session-door.js';
import { ViewerResolver } from './graphql/viewer.resolver.js';
import { IdentityModule } from './identity.module.js';
import { InvitationDirectory } from './invitation.directory.js';
import { MailReader } from './mail/mail.reader.js';
import { MailSettingsService } from './mail/mail-settings.service.js';
import { UnsubscribeRoutes } from './mail/unsubscribe.routes.js';
import { MembershipService } from './membership.service.js';
import { CommunityRepository } from './persistence/community.repository.js';
import { InvitationRepository } from './persistence/invitation.repository.js';
import { MembershipRepository } from './persistence/membership.repository.js';
import { PasswordHasher } from './persistence/password-hasher.js';
import { PersonRepository } from './persistence/person.repository.js';
import { SignInThrottle } from './persistence/sign-in-throttle.js';

const rows = [CommunityRepository, InvitationRepository, MembershipRepository, PersonRepository];
const services = [AccountService, CommunityService, MembershipService, InvitationDirectory];
const mail = [MailReader, MailSettingsService, MailResolver, UnsubscribeRoutes];
const resolvers = [AccountResolver, CommunityResolver, MemberResolver, MembershipResolver, ViewerResolver];

/** What only the API needs of identity: the use cases that people start, and the GraphQL surface. */
@Module({
  imports: [IdentityModule],
  providers: [...rows, PasswordHasher, SignInThrottle, ...services, SessionDoor, ...resolvers, ...mail],
})
export class IdentityApiModule {}

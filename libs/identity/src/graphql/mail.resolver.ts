import { Inject } from '@nestjs/common';
import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DomainError } from '#kernel';
import { CONFIG, CurrentViewer, PageArgs, Policy, Request, keysetOf, pageOf, requireViewer } from '#platform';
import type { Config, Page, RequestContext, Viewer } from '#platform';
import { MailReader, type MailRow, type MailSetting } from '../mail/mail.reader.js';
import { MailSettingsService } from '../mail/mail-settings.service.js';
import { UnsubscribeLinks } from '../mail/unsubscribe-links.js';
import { PersonLoader } from './identity.loader.js';
import {
  ChangeMailSettingInput,
  MailConnection,
  MailModel,
  MailSettingModel,
  MailUnsubscriptionModel,
  UnsubscribeFromMailInput,
} from './mail.model.js';
import { PersonModel } from './person.model.js';

@Resolver(() => MailModel)
export class MailResolver {
  constructor(
    private readonly mails: MailReader,
    private readonly settings: MailSettingsService,
    private readonly links: UnsubscribeLinks,
    private readonly people: PersonLoader,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Query(() => MailConnection, { name: 'mails', description: 'Written to you. The newest first.' })
  @Policy('signedIn')
  async own(@Args() args: PageArgs, @CurrentViewer() viewer: Viewer | null): Promise<Page<MailRow>> {
    const keyset = keysetOf(args, 1);
    const rows = await this.mails.to(requireViewer(viewer).personId, keyset);
    return pageOf(rows, keyset, (row) => [row.id]);
  }

  @Query(() => MailConnection, {
    description: 'In demo mode only: written to anybody of the story, as whom anyone may sign in.',
  })
  @Policy('signedIn')
  async demoMails(@Args() args: PageArgs): Promise<Page<MailRow>> {
    if (!this.config.demo) throw DomainError.forbidden('Mails of others are shown in demo mode only.');
    const keyset = keysetOf(args, 1);
    return pageOf(await this.mails.toDemoPeople(keyset), keyset, (row) => [row.id]);
  }

  @Query(() => Boolean, { description: 'Whether mails leave this system; else they are read here alone.' })
  @Policy('signedIn')
  mailLeaves(): boolean {
    return this.config.smtpUrl !== null;
  }

  @ResolveField(() => PersonModel)
  recipient(@Parent() mail: MailModel, @Request() context: RequestContext): Promise<PersonModel> {
    return this.people.load(context, mail.recipientId);
  }

  @Query(() => [MailSettingModel], { description: 'Every kind of mail, and whether you get it.' })
  @Policy('signedIn')
  mailSettings(@CurrentViewer() viewer: Viewer | null): Promise<MailSetting[]> {
    return this.mails.settingsOf(requireViewer(viewer).personId);
  }

  @Mutation(() => [MailSettingModel])
  @Policy('signedIn')
  async changeMailSetting(
    @Args('input', { type: () => ChangeMailSettingInput }) input: ChangeMailSettingInput,
    @CurrentViewer() viewer: Viewer | null,
  ): Promise<MailSetting[]> {
    const known = requireViewer(viewer);
    await this.settings.change(known, input);
    return this.mails.settingsOf(known.personId);
  }

  @Query(() => MailUnsubscriptionModel, { description: 'For the holder of a link out of a mail.' })
  @Policy('public')
  mailUnsubscription(@Args('token', { type: () => String }) token: string): Promise<MailUnsubscriptionModel> {
    return this.links.read(token);
  }

  @Mutation(() => MailUnsubscriptionModel, {
    description: 'Switches one kind of mail off for the person whose mail it was. Needs no sign-in.',
  })
  @Policy('public')
  async unsubscribeFromMail(
    @Args('input', { type: () => UnsubscribeFromMailInput }) input: UnsubscribeFromMailInput,
  ): Promise<MailUnsubscriptionModel> {
    return { kind: await this.settings.unsubscribe(input.token) };
  }
}

import { Inject } from '@nestjs/common';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CONFIG, Policy, Request, type Config, type RequestContext } from '#platform';
import { AccountService } from '../account.service.js';
import { PersonRepository } from '../persistence/person.repository.js';
import { SignInAsDemoPersonInput, SignInInput, SignUpInput } from './account.input.js';
import { SessionDoor } from './session-door.js';
import { DemoPersonModel, ViewerModel } from './viewer.model.js';

@Resolver(() => ViewerModel)
export class AccountResolver {
  constructor(
    private readonly accounts: AccountService,
    private readonly people: PersonRepository,
    private readonly door: SessionDoor,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Query(() => [DemoPersonModel], { description: 'Empty but in demo mode.' })
  @Policy('public')
  async demoPeople(): Promise<DemoPersonModel[]> {
    return this.config.demo ? this.people.demoPeople() : [];
  }

  @Mutation(() => ViewerModel, { description: 'Makes an account and signs in.' })
  @Policy('public')
  async signUp(
    @Args('input', { type: () => SignUpInput }) input: SignUpInput,
    @Request() context: RequestContext,
  ): Promise<ViewerModel> {
    return this.enter(context, await this.accounts.signUp(input, this.door.visitor(context)));
  }

  @Mutation(() => ViewerModel)
  @Policy('public')
  async signIn(
    @Args('input', { type: () => SignInInput }) input: SignInInput,
    @Request() context: RequestContext,
  ): Promise<ViewerModel> {
    return this.enter(context, await this.accounts.signIn(input, this.door.visitor(context)));
  }

  @Mutation(() => ViewerModel, { description: 'In demo mode only.' })
  @Policy('public')
  async signInAsDemoPerson(
    @Args('input', { type: () => SignInAsDemoPersonInput }) input: SignInAsDemoPersonInput,
    @Request() context: RequestContext,
  ): Promise<ViewerModel> {
    return this.enter(context, await this.accounts.signInAsDemoPerson(input, this.door.visitor(context)));
  }

  @Mutation(() => Boolean, { description: 'Ends this session. False when nobody was signed in.' })
  @Policy('public')
  async signOut(@Request() context: RequestContext): Promise<boolean> {
    const ended = await this.accounts.signOut(context.sessionToken);
    this.door.leave(context);
    return ended;
  }

  private async enter(context: RequestContext, sessionToken: string): Promise<ViewerModel> {
    const viewer = await this.door.enter(context, sessionToken);
    return this.people.require(viewer.personId);
  }
}

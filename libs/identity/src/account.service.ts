import { Inject, Injectable } from '@nestjs/common';
import { DomainError, LIMITS, checkInput, type InputCheck } from '#kernel';
import { CONFIG, IdSource, UnitOfWork, type Config } from '#platform';
import { readEmail } from './domain/email.js';
import { normalPassword, readNewPassword } from './domain/password.js';
import { PasswordHasher } from './persistence/password-hasher.js';
import { PersonRepository } from './persistence/person.repository.js';
import { SignInThrottle } from './persistence/sign-in-throttle.js';
import { SessionService } from './session.service.js';

export interface SignUp {
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
  readonly demoRole?: string | null;
}

export interface SignIn {
  readonly email: string;
  readonly password: string;
}

/** Where a visitor stands: from which address, and with which session, if any. */
export interface Visitor {
  readonly address: string;
  readonly sessionToken: string | null;
}

/** Accounts and the door: each method returns the token of a new session. */
@Injectable()
export class AccountService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ids: IdSource,
    private readonly people: PersonRepository,
    private readonly hasher: PasswordHasher,
    private readonly throttle: SignInThrottle,
    private readonly sessions: SessionService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Makes an account and signs in.
   * @throws DomainError `BAD_INPUT`, `RATE_LIMITED`; `CONFLICT` when the address has an account
   */
  async signUp(input: SignUp, visitor: Visitor): Promise<string> {
    const read = checkInput((check) => this.readSignUp(check, input));
    const knock = { email: read.email, address: visitor.address };
    // Counted like a sign-in, or it would serve to try out which addresses have accounts.
    await this.unitOfWork.run((tx) => this.throttle.admit(tx, knock));
    // Outside of the transaction: hashing takes as long as a hundred statements and needs no connection.
    const passwordHash = await this.hasher.hash(read.password);
    return this.unitOfWork.run(async (tx) => {
      const account = { id: this.ids.next<'person'>(), ...read, passwordHash };
      if (!(await this.people.insert(tx, account, read.demoRole))) {
        throw new DomainError(
          'CONFLICT',
          'There is already an account for this email address; sign in instead.',
        );
      }
      await this.throttle.forgive(tx, knock);
      return this.sessions.open(tx, account.id, visitor.sessionToken);
    });
  }

  /** @throws DomainError `BAD_INPUT`, `RATE_LIMITED`; `UNAUTHENTICATED` for a wrong address or password alike */
  async signIn(input: SignIn, visitor: Visitor): Promise<string> {
    const { email, password } = checkInput((check) => readSignIn(check, input));
    const knock = { email, address: visitor.address };
    // Kept whatever follows, which is why signing in is two units of work.
    await this.unitOfWork.run((tx) => this.throttle.admit(tx, knock));
    const account = await this.people.byEmail(email);
    const matches = await this.hasher.matches(account?.passwordHash ?? null, password);
    if (!account || !matches) {
      throw new DomainError('UNAUTHENTICATED', 'The email address or the password is not right.');
    }
    return this.unitOfWork.run(async (tx) => {
      await this.throttle.forgive(tx, knock);
      return this.sessions.open(tx, account.id, visitor.sessionToken);
    });
  }

  /** @throws DomainError `FORBIDDEN` outside of demo mode, `NOT_FOUND` for whoever is not of the demo story */
  async signInAsDemoPerson(input: { readonly personId: string }, visitor: Visitor): Promise<string> {
    if (!this.config.demo) {
      throw DomainError.forbidden('Signing in as somebody of the demo story works in demo mode only.');
    }
    const personId = checkInput((check) => check.id<'person'>('personId', input.personId, 'the person'));
    return this.unitOfWork.run(async (tx) => {
      if (!(await this.people.isDemo(tx, personId))) throw DomainError.notFound('demo person', personId);
      return this.sessions.open(tx, personId, visitor.sessionToken);
    });
  }

  /** @returns false when nobody was signed in */
  async signOut(sessionToken: string | null): Promise<boolean> {
    return sessionToken !== null && this.unitOfWork.run((tx) => this.sessions.end(tx, sessionToken));
  }

  private readSignUp(check: InputCheck, input: SignUp) {
    const email = readEmail(check, 'email', input.email);
    const nameLimit = { max: LIMITS.nameCharsMax, name: 'the name to show' };
    const demoRole = check.optionalText('demoRole', input.demoRole, {
      max: LIMITS.nameCharsMax,
      name: 'the role in the demo story',
    });
    if (demoRole !== null && !this.config.demo) {
      check.refuse('demoRole', 'There are people of a demo story in demo mode only; leave their role out.');
    }
    return {
      email,
      password: readNewPassword(check, 'password', input.password, email),
      displayName: check.text('displayName', input.displayName, nameLimit),
      demoRole,
    };
  }
}

function readSignIn(check: InputCheck, input: SignIn): { email: string; password: string } {
  const limit = { max: LIMITS.emailCharsMax, name: 'an email address' };
  const email = check.text('email', input.email, limit).toLowerCase();
  const password = normalPassword(input.password);
  if (password === '') check.refuse('password', 'Please give a password.');
  if ([...password].length > LIMITS.passwordCharsMax)
    check.refuse('password', `The password may have at most ${LIMITS.passwordCharsMax} characters.`);
  return { email, password };
}

import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65535);
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const postgresUrl = z
  .string()
  .regex(
    /^postgres(ql)?:\/\/\S+$/,
    'must be an address such as postgres://user:password@host:5432/commonwright',
  );
const redisUrl = z.string().regex(/^rediss?:\/\/\S+$/, 'must be an address such as redis://host:6379');

const smtpUrl = z
  .string()
  .regex(/^smtps?:\/\/\S+$/, 'must be an address such as smtp://user:password@mail.example.org:587');
const mailFrom = z
  .string()
  .regex(
    /^(?:[^<>\r\n]+ <[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/,
    'must be an address such as Commonwright <csm@example.org>',
  );

const VKEY = /^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/;
const WITNESS = /^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}=https?:\/\/\S+$/;

/** Items separated by commas or white space. */
function listOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((item) => item !== '');
}

/** Every setting, by the name of its environment variable. `docs/operations.md` explains each. */
const environment = z
  .object({
    NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
    HOST: z.string().min(1).default('127.0.0.1'),
    PORT: port.default(4000),
    PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
    DATABASE_URL: postgresUrl,
    DATABASE_OWNER_URL: postgresUrl.optional(),
    DATABASE_CONNECTIONS_MAX: z.coerce.number().int().min(2).max(200).default(20),
    REDIS_URL: redisUrl.optional(),
    QUEUE_BACKEND: z.enum(['redis', 'postgres']).optional(),
    QUEUE_PREFIX: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/, 'must be lower-case letters, digits and hyphens')
      .default('commonwright'),
    COMMONWRIGHT_DATA_DIR: z.string().min(1).default('.data'),
    COMMONWRIGHT_DEMO: flag.default(false),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
    SESSION_DAYS: z.coerce.number().int().min(1).max(365).default(30),
    LEASE_MINUTES: z.coerce.number().min(0.05).max(1440).default(240),
    ANSWER_DAYS: z.coerce.number().int().min(1).max(365).default(14),
    SPLIT_RULE_NOTICE_DAYS: z.coerce.number().int().min(0).max(365).default(30),
    INTEREST_CAP_BASIS_POINTS: z.coerce.number().int().min(0).max(10_000).default(300),
    TRUST_PROXY: flag.default(false),
    SMTP_URL: smtpUrl.optional(),
    MAIL_FROM: mailFrom.optional(),
    REGISTRY_LOG_KEY_FILE: z.string().min(1).optional(),
    REGISTRY_WITNESSES: z.string().default(''),
    REGISTRY_WITNESSED_LOGS: z.string().default(''),
    REGISTRY_LOG_ORIGIN: z
      .string()
      .regex(/^[^\s+]{1,200}$/, 'must be a name such as csm.example.org/log, without spaces and plus signs')
      .optional(),
  })
  .superRefine((values, context) => {
    for (const name of ['REGISTRY_WITNESSES', 'REGISTRY_WITNESSED_LOGS'] as const) {
      const form = name === 'REGISTRY_WITNESSES' ? WITNESS : VKEY;
      if (listOf(values[name]).every((each) => form.test(each))) continue;
      context.addIssue({
        code: 'custom',
        path: [name],
        message:
          name === 'REGISTRY_WITNESSES'
            ? 'must be keys with addresses, as <vkey>=https://other.example/witness, separated by commas'
            : 'must be keys as /log/vkey shows them, separated by commas',
      });
    }
    if (values.QUEUE_BACKEND === 'redis' && !values.REDIS_URL) {
      context.addIssue({
        code: 'custom',
        path: ['REDIS_URL'],
        message: 'is needed when QUEUE_BACKEND is redis; set it, or set QUEUE_BACKEND=postgres',
      });
    }
    if (values.SMTP_URL && !values.MAIL_FROM) {
      context.addIssue({
        code: 'custom',
        path: ['MAIL_FROM'],
        message: 'is needed with SMTP_URL: the address that mails come from, such as csm@example.org',
      });
    }
  });

/** The validated settings of one process. Read-only; built once, at the door. */
export interface Config {
  readonly environment: 'production' | 'development' | 'test';
  readonly host: string;
  /** 0 lets the operating system choose. */
  readonly port: number;
  /** The address people use, without a trailing slash; null: derive it from the request's own host and port. */
  readonly publicUrl: string | null;
  /** Cookies are marked Secure when people come by https. */
  readonly secureCookies: boolean;
  readonly databaseUrl: string;
  readonly databaseOwnerUrl: string;
  readonly databaseConnectionsMax: number;
  readonly redisUrl: string | null;
  readonly queueBackend: 'redis' | 'postgres';
  /** Goes before every key in Redis, so that several instances can share one server. */
  readonly queuePrefix: string;
  readonly dataDir: string;
  /** One-click sign-in as each person of the demo story. Never on with data of one's own. */
  readonly demo: boolean;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
  readonly sessionDays: number;
  /** For how long a claimed job is held without a sign of life. */
  readonly leaseMinutes: number;
  /** Within how many days a question about a contract is to be answered; published with every contract. */
  readonly answerDays: number;
  /** How many days before it begins a change of a split rule is published. */
  readonly splitRuleNoticeDays: number;
  /** The highest simple interest that a contract can agree; 100 is one per cent a year. */
  readonly interestCapBasisPoints: number;
  readonly trustProxy: boolean;
  /** The server that takes our mails; null: they are laid into a folder of the data directory. */
  readonly smtpUrl: string | null;
  /** Whom mails come from; null only without a server. */
  readonly mailFrom: string | null;
  /** The secret keys of the public log; the last signed head stands beside it. Never in the database. */
  readonly registryLogKeyFile: string;
  /** What the public log calls itself; null: the address people use, with `/log` behind it. */
  readonly registryLogOrigin: string | null;
  /** Who is asked to cosign each head of the log. */
  readonly registryWitnesses: readonly { readonly vkey: string; readonly address: string }[];
  /** Keys of the logs of others that this instance cosigns. */
  readonly registryWitnessedLogs: readonly string[];
}

/** Injection token of the one `Config`. */
export const CONFIG = Symbol('CONFIG');

/** Thrown at boot: says every setting that is wrong, and why. */
export class ConfigError extends Error {}

/**
 * Reads and validates the environment.
 * @throws ConfigError with one line for each bad value
 */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  // An empty value in an env file means «not set», as compose files and shells produce it.
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0] ?? '');
      return `  ${name} ${given[name] === undefined ? 'is not set' : `is ${JSON.stringify(shown(name, given[name]))}`}: ${issue.message}`;
    });
    throw new ConfigError(`Commonwright will not start, because of its settings:\n${lines.join('\n')}`);
  }
  const values = parsed.data;
  const publicUrl = values.PUBLIC_URL?.replace(/\/+$/, '') ?? null;
  return {
    environment: values.NODE_ENV,
    host: values.HOST,
    port: values.PORT,
    publicUrl,
    secureCookies: publicUrl?.startsWith('https:') ?? false,
    databaseUrl: values.DATABASE_URL,
    databaseOwnerUrl: values.DATABASE_OWNER_URL ?? values.DATABASE_URL,
    databaseConnectionsMax: values.DATABASE_CONNECTIONS_MAX,
    redisUrl: values.REDIS_URL ?? null,
    queueBackend: values.QUEUE_BACKEND ?? (values.REDIS_URL ? 'redis' : 'postgres'),
    queuePrefix: values.QUEUE_PREFIX,
    dataDir: values.COMMONWRIGHT_DATA_DIR,
    demo: values.COMMONWRIGHT_DEMO,
    logLevel: values.LOG_LEVEL,
    sessionDays: values.SESSION_DAYS,
    leaseMinutes: values.LEASE_MINUTES,
    answerDays: values.ANSWER_DAYS,
    splitRuleNoticeDays: values.SPLIT_RULE_NOTICE_DAYS,
    interestCapBasisPoints: values.INTEREST_CAP_BASIS_POINTS,
    trustProxy: values.TRUST_PROXY,
    smtpUrl: values.SMTP_URL ?? null,
    mailFrom: values.MAIL_FROM ?? null,
    registryLogKeyFile: values.REGISTRY_LOG_KEY_FILE ?? `${values.COMMONWRIGHT_DATA_DIR}/registry-log.key`,
    registryLogOrigin: values.REGISTRY_LOG_ORIGIN ?? null,
    registryWitnesses: listOf(values.REGISTRY_WITNESSES).map(witnessOf),
    registryWitnessedLogs: listOf(values.REGISTRY_WITNESSED_LOGS),
  };
}

/** `<vkey>=<address>`; 32 bytes and a type, 33, need no padding, so the first sign of equality parts them. */
function witnessOf(text: string): Config['registryWitnesses'][number] {
  const at = text.indexOf('=http');
  return { vkey: text.slice(0, at), address: text.slice(at + 1).replace(/\/+$/, '') };
}

/** Addresses may hold passwords, which do not belong on a terminal. */
function shown(name: string, value: string): string {
  return name.endsWith('_URL') ? value.replace(/\/\/[^@/]*@/, '//…@') : value;
}

import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createTransport, type SendMailOptions } from 'nodemailer';
import type { MailFailure } from '../domain/mail.js';

const CONNECT_MILLISECONDS_MAX = 10_000;
const SILENCE_MILLISECONDS_MAX = 30_000;
/** The stages of an SMTP dialogue that speak of one mail, not of the server or of our account there. */
const ABOUT_THIS_MAIL: ReadonlySet<string> = new Set(['EENVELOPE', 'EMESSAGE']);

export interface OutgoingMail {
  readonly id: string;
  readonly createdAt: Date;
  readonly options: SendMailOptions;
}

/** A try that failed. `serverAway`: no other mail would fare better now. */
export class MailNotTaken extends Error {
  constructor(
    readonly failure: MailFailure,
    readonly serverAway: boolean,
  ) {
    super(failure.reason);
  }
}

/** Where mails go. */
export interface MailTransport {
  /** @throws MailNotTaken */
  send(mail: OutgoingMail): Promise<void>;
}

/** A server that speaks SMTP, asked anew for each mail: few are sent, and no connection is kept that could go stale. */
export function smtpTransport(url: string): MailTransport {
  const transport = createTransport({
    url,
    connectionTimeout: CONNECT_MILLISECONDS_MAX,
    greetingTimeout: CONNECT_MILLISECONDS_MAX,
    socketTimeout: SILENCE_MILLISECONDS_MAX,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async ({ options }) => {
      try {
        await transport.sendMail(options);
      } catch (error) {
        throw notTaken(error);
      }
    },
  };
}

/** One `.eml` file for each mail, readable by this user alone, for instances without a server. */
export function folderTransport(folder: string): MailTransport {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    send: async ({ id, createdAt, options }) => {
      const { message } = await composer.sendMail(options);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = join(folder, `${createdAt.toISOString().slice(0, 10)}-${id}.eml`);
      // Renamed into place, so that nobody ever reads half a mail.
      await writeFile(`${file}.part`, message as Buffer, { mode: 0o600 });
      await rename(`${file}.part`, file);
    },
  };
}

/** The folder of an instance without a mail server. */
export function mailFolder(dataDir: string): string {
  return resolve(dataDir, 'mail');
}

interface SmtpError extends Error {
  readonly code?: string;
  /** What the server answered, as RFC 5321 numbers it; absent when it did not answer. */
  readonly responseCode?: number;
}

/** 5xx about this mail is final; 4xx, a refused sign-in and silence are not. */
function notTaken(error: unknown): MailNotTaken {
  const { code = '', responseCode, message } = error as SmtpError;
  const aboutThisMail = responseCode !== undefined && ABOUT_THIS_MAIL.has(code);
  const isFinal = aboutThisMail && responseCode >= 500;
  return new MailNotTaken({ isFinal, reason: message.slice(0, 1000) || code }, !aboutThisMail);
}

import { describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig } from './config.js';

const good = { DATABASE_URL: 'postgres://app:secret@localhost:5432/commonwright' };

describe('readConfig', () => {
  it('needs no more than a database', () => {
    expect(readConfig(good)).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      databaseOwnerUrl: good.DATABASE_URL,
      queueBackend: 'postgres',
      secureCookies: false,
      demo: false,
    });
  });

  it('takes Redis when it is given, and secure cookies when people come by https', () => {
    const config = readConfig({
      ...good,
      REDIS_URL: 'redis://localhost',
      PUBLIC_URL: 'https://csm.example/',
    });
    expect(config).toMatchObject({
      queueBackend: 'redis',
      secureCookies: true,
      publicUrl: 'https://csm.example',
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ ...good, PORT: '', REDIS_URL: '' })).toMatchObject({ port: 4000, redisUrl: null });
  });

  it('names every bad value and why, and never shows a password', () => {
    const bad = {
      DATABASE_URL: 'mysql://app:secret@host/x',
      PORT: '99999',
      COMMONWRIGHT_DEMO: 'yes',
      QUEUE_BACKEND: 'redis',
    };
    let message = '';
    try {
      readConfig(bad);
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
      message = (error as Error).message;
    }
    expect(message).toContain('DATABASE_URL is "mysql://…@host/x": must be an address such as postgres://');
    expect(message).toContain('PORT is "99999"');
    expect(message).toContain('COMMONWRIGHT_DEMO is "yes"');
    expect(message).not.toContain('secret');
  });

  it('refuses a mail server without an address that mails come from, and an address that is none', () => {
    const smtp = { ...good, SMTP_URL: 'smtps://csm:geheim@mail.example.org' };
    expect(() => readConfig(smtp)).toThrow('MAIL_FROM is not set: is needed with SMTP_URL');
    expect(() => readConfig({ ...smtp, MAIL_FROM: 'nobody' })).toThrow('MAIL_FROM is "nobody": must be');
    const twoLines = { ...smtp, MAIL_FROM: 'A\r\nBcc: b@example.org <a@example.org>' };
    expect(() => readConfig(twoLines)).toThrow('MAIL_FROM');
    expect(readConfig({ ...smtp, MAIL_FROM: 'Oak Hollow <csm@example.org>' })).toMatchObject({
      smtpUrl: 'smtps://csm:geheim@mail.example.org',
      mailFrom: 'Oak Hollow <csm@example.org>',
    });
  });

  it('refuses a Redis queue without a Redis', () => {
    expect(() => readConfig({ ...good, QUEUE_BACKEND: 'redis' })).toThrow(
      'REDIS_URL is not set: is needed when',
    );
  });

  it('refuses to start without a database', () => {
    expect(() => readConfig({})).toThrow('DATABASE_URL is not set');
  });
});

import { randomUUID } from 'node:crypto';
import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, type ErrorCode } from '#kernel';
import { LOGGER, type Logger } from '#platform';
import { problemPage } from '../pages/problem.page.js';

interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly sentence: string;
  readonly incident: string | null;
}

const STATUS_BY_CODE: Partial<Record<ErrorCode, number>> = {
  NOT_FOUND: 404,
  BAD_INPUT: 400,
  RATE_LIMITED: 429,
};

/** Answers with a page, or with JSON where JSON was asked for. What was not expected is masked and logged. */
@Catch()
export class PublicProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = this.problemOf(error);
    reply.status(problem.status).header('cache-control', 'no-store');
    const [path = ''] = request.url.split('?');
    if (path.endsWith('.json')) {
      const { code, sentence, incident } = problem;
      const body = { error: { code, message: sentence, ...(incident !== null && { incident }) } };
      void reply
        .header('access-control-allow-origin', '*')
        .type('application/json; charset=utf-8')
        .send(JSON.stringify(body));
    } else {
      void reply.type('text/html; charset=utf-8').send(problemPage(problem));
    }
  }

  private problemOf(error: unknown): Problem {
    if (error instanceof DomainError) {
      const status = STATUS_BY_CODE[error.code] ?? 400;
      const title = status === 404 ? 'There is no such page' : 'This address cannot be read';
      return { status, code: error.code, title, sentence: error.message, incident: null };
    }
    if (error instanceof HttpException && error.getStatus() < 500) {
      const sentence = 'The request cannot be answered as it was sent.';
      return {
        status: error.getStatus(),
        code: 'BAD_REQUEST',
        title: 'This address cannot be read',
        sentence,
        incident: null,
      };
    }
    const incident = randomUUID();
    this.logger.error({ err: error, incident }, 'a public page failed');
    return {
      status: 500,
      code: 'INTERNAL',
      title: 'Something went wrong here',
      sentence: 'This page could not be made, and it is not your fault. Please try again in a minute.',
      incident,
    };
  }
}

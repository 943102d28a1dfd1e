import { registerEnumType } from '@nestjs/graphql';
import {
  QUESTION_STATES,
  QUESTION_TIMINGS,
  type QuestionState,
  type QuestionTiming,
} from '../../domain/question.js';

export const QuestionStateEnum = Object.fromEntries(QUESTION_STATES.map((state) => [state, state])) as {
  [State in QuestionState]: State;
};
registerEnumType(QuestionStateEnum, {
  name: 'QuestionState',
  description: 'Where a question is, and the dispute that may come of it.',
});

export const QuestionTimingEnum = Object.fromEntries(QUESTION_TIMINGS.map((each) => [each, each])) as {
  [Timing in QuestionTiming]: Timing;
};
registerEnumType(QuestionTimingEnum, {
  name: 'QuestionTiming',
  description: 'Whether the published answer time was, or still can be, kept.',
});

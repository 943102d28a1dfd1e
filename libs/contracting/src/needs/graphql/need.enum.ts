import { registerEnumType } from '@nestjs/graphql';
import {
  ANSWER_KINDS,
  CONTRIBUTIONS,
  NEED_STATES,
  type AnswerKind,
  type Contribution,
  type NeedState,
} from '../../domain/need.js';

export const NeedStateEnum = Object.fromEntries(NEED_STATES.map((state) => [state, state])) as {
  [State in NeedState]: State;
};
registerEnumType(NeedStateEnum, {
  name: 'NeedState',
  description: 'How far a need has come. Only a published contract brings it to “inContract”.',
});

export const ContributionEnum = Object.fromEntries(CONTRIBUTIONS.map((kind) => [kind, kind])) as {
  [Kind in Contribution]: Kind;
};
registerEnumType(ContributionEnum, {
  name: 'Contribution',
  description: 'What a community can bring to get something made.',
});

export const AnswerKindEnum = Object.fromEntries(ANSWER_KINDS.map((kind) => [kind, kind])) as {
  [Kind in AnswerKind]: Kind;
};
registerEnumType(AnswerKindEnum, {
  name: 'NeedAnswerKind',
  description: 'The fablab can make it, can make it with something more, or cannot.',
});

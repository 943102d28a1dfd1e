import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuestionLineFragment, QuestionState, QuestionTiming } from '~/generated/graphql';
import { formatDay, formatMoment } from '~/ui/format';
import { Tag, type Tone } from '~/ui/tag';
import { DEEDS, StepDialog, type Deed } from './step-dialog';

const TIMING_TONES: Readonly<Record<QuestionTiming, Tone>> = {
  answeredInTime: 'calm',
  answeredLate: 'wait',
  waiting: 'plain',
  overdue: 'stop',
};
const STATE_TONES: Readonly<Record<QuestionState, Tone>> = {
  asked: 'plain',
  answered: 'calm',
  objected: 'stop',
  mediation: 'wait',
  closed: 'calm',
};

interface QuestionItemProps {
  readonly question: QuestionLineFragment;
  readonly mediator: string;
}

/** One question with everything that came of it, and the next step for whoever may take it. */
export function QuestionItem({ question, mediator }: QuestionItemProps) {
  const { t } = useTranslation('questions');
  const [deed, setDeed] = useState<Deed | null>(null);
  const { state, timing } = question;
  const isDispute = state === 'objected' || state === 'mediation' || state === 'closed';
  const objector = question.steps.find((step) => step.kind === 'objected')?.community.name;
  const open = DEEDS.filter((each) => question.viewerCan.some((right) => right.deed === each));
  return (
    <Stack gap="xs" component="article" aria-label={t('number', { number: question.number })}>
      <Group gap="xs">
        <Title order={3} size="h4">
          {t('number', { number: question.number })}
        </Title>
        <Tag tone={TIMING_TONES[timing]}>
          {t(`timing.${timing}`, {
            day: formatDay(question.dueOn),
            asked: formatDay(question.askedAt.slice(0, 10)),
          })}
        </Tag>
        {isDispute && <Tag tone={STATE_TONES[state]}>{t(`state.${state}`)}</Tag>}
        {question.isPrivate && <Tag>{t('privateTag')}</Tag>}
      </Group>
      <Stack component="ol" gap="sm" p={0} m={0} style={{ listStyle: 'none' }}>
        {question.steps.map((step) => (
          <li key={step.kind}>
            <Text size="sm" c="dimmed">
              {t(`step.${step.kind}`, { community: step.community.name, mediator: step.mediator })} ·{' '}
              {formatMoment(step.takenAt)}
            </Text>
            <Text style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{step.text}</Text>
            {step.meetsOn && <Text fw={600}>{t('meets', { day: formatDay(step.meetsOn) })}</Text>}
          </li>
        ))}
      </Stack>
      {isDispute && (
        <Text size="sm" c="dimmed">
          {t(`plain.${state}`, { community: objector })}
        </Text>
      )}
      {open.length > 0 && (
        <Group gap="sm">
          {open.map((each) => (
            <Button
              key={each}
              variant={each === 'answerQuestion' ? 'filled' : 'default'}
              onClick={() => setDeed(each)}
            >
              {t(`deed.${each}`)}
            </Button>
          ))}
        </Group>
      )}
      {deed && (
        <StepDialog deed={deed} question={question} mediator={mediator} opened close={() => setDeed(null)} />
      )}
    </Stack>
  );
}

import { useTranslation } from 'react-i18next';
import type { QuestionLineFragment } from '~/generated/graphql';
import { Dialog, type DialogProps } from '~/ui/dialog';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { ANSWER_QUESTION, CALL_MEDIATION, CLOSE_DISPUTE, OBJECT_TO_ANSWER } from './operations';
import { WordsForm } from './words-form';

export const DEEDS = ['answerQuestion', 'objectToAnswer', 'callMediation', 'closeDispute'] as const;
export type Deed = (typeof DEEDS)[number];

interface StepDialogProps extends DialogProps {
  readonly deed: Deed;
  readonly question: QuestionLineFragment;
  readonly mediator: string;
}

/** The next step of a question, in the words of whoever takes it. */
export function StepDialog({ deed, question, mediator, opened, close }: StepDialogProps) {
  const { t } = useTranslation('questions');
  const options = {
    refetch: ['Thread'],
    done: () => {
      toastDone(t('done'));
      close();
    },
    refused: () => true,
  };
  const steps = {
    answerQuestion: useIntent(ANSWER_QUESTION, options),
    objectToAnswer: useIntent(OBJECT_TO_ANSWER, options),
    callMediation: useIntent(CALL_MEDIATION, options),
    closeDispute: useIntent(CLOSE_DISPUTE, options),
  };
  const step = steps[deed];
  const communities = question.viewerCan
    .filter((right) => right.deed === deed)
    .map((right) => right.community);
  return (
    <Dialog opened={opened} close={close} title={t(`deedTitle.${deed}`, { number: question.number })}>
      <WordsForm
        hint={t(`deedHint.${deed}`, { mediator })}
        isPublic={!question.isPrivate}
        communities={communities}
        withDay={deed === 'callMediation'}
        busy={step.busy}
        failure={step.failure}
        submit={({ meetsOn, ...words }) => {
          const input = { ...words, questionId: question.id };
          if (deed === 'callMediation') void steps.callMediation.run({ ...input, meetsOn });
          else void steps[deed].run(input);
        }}
      />
    </Dialog>
  );
}

import { useQuery, useSubscription } from '@apollo/client/react';
import { Button, Divider, Stack, Text } from '@mantine/core';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOnReturn } from '~/app/live';
import { Dialog } from '~/ui/dialog';
import { ListSkeleton, Loaded } from '~/ui/loaded';
import { SectionCard } from '~/ui/section-card';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { ASK_QUESTION, THREAD, THREAD_CHANGED } from './operations';
import { QuestionItem } from './question-item';
import { WordsForm } from './words-form';

interface ThreadCardProps {
  readonly refName: string;
  readonly isDraft: boolean;
  readonly mediator: string;
}

/** The thread of a contract: what was asked, what was answered and when, and what came of it. */
export function ThreadCard({ refName, isDraft, mediator }: ThreadCardProps) {
  const { t } = useTranslation('questions');
  const [asking, setAsking] = useState(false);
  const query = useQuery(THREAD, { variables: { ref: refName } });
  useSubscription(THREAD_CHANGED, { variables: { ref: refName }, ignoreResults: true });
  useOnReturn(() => void query.refetch());
  const contract = query.data?.contract;
  const hint = contract && t('hint', { count: contract.answerDays });
  return (
    <SectionCard
      title={t('title')}
      hint={hint && `${hint} ${isDraft ? t('private') : t('public')}`}
      action={
        contract && contract.viewerAsksFor.length > 0 ? (
          <Button variant="default" onClick={() => setAsking(true)}>
            {t('ask')}
          </Button>
        ) : null
      }
    >
      <Loaded query={query} skeleton={<ListSkeleton rows={1} />}>
        {() => (
          <Stack gap="md">
            {contract?.questions.length === 0 && <Text c="dimmed">{t('none')}</Text>}
            {contract?.questions.map((question, index) => (
              <Fragment key={question.id}>
                {index > 0 && <Divider />}
                <QuestionItem question={question} mediator={mediator} />
              </Fragment>
            ))}
          </Stack>
        )}
      </Loaded>
      {contract && asking && (
        <AskDialog
          contractId={contract.id}
          isDraft={isDraft}
          communities={contract.viewerAsksFor}
          close={() => setAsking(false)}
        />
      )}
    </SectionCard>
  );
}

interface AskDialogProps {
  readonly contractId: string;
  readonly isDraft: boolean;
  readonly communities: readonly { readonly id: string; readonly name: string }[];
  readonly close: () => void;
}

function AskDialog({ contractId, isDraft, communities, close }: AskDialogProps) {
  const { t } = useTranslation('questions');
  const ask = useIntent(ASK_QUESTION, {
    refetch: ['Thread'],
    done: () => {
      toastDone(t('done'));
      close();
    },
    refused: () => true,
  });
  return (
    <Dialog opened close={close} title={t('askTitle')}>
      <WordsForm
        isPublic={!isDraft}
        communities={communities}
        busy={ask.busy}
        failure={ask.failure}
        submit={({ communityId, text }) => void ask.run({ contractId, communityId, text })}
      />
    </Dialog>
  );
}

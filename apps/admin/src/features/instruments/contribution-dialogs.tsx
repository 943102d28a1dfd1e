import { useTranslation } from 'react-i18next';
import type { DeedDialogProps } from '~/features/contracting/pledge-deeds';
import { ReasonDialog } from '~/features/contracting/reason-dialogs';
import type { PledgeShown } from '~/features/contracting/use-contract';
import { contributionWords, givenWords } from './given-words';
import { REVERSE_CONTRIBUTION, WAIVE_CONTRIBUTION } from './operations';

export type ContributionShown = PledgeShown['contributions'][number];

export function WaiveContributionDialog({ pledge, close }: DeedDialogProps) {
  const { t } = useTranslation('instruments');
  const words = { what: givenWords(pledge), community: pledge.community.name };
  return (
    <ReasonDialog
      document={WAIVE_CONTRIBUTION}
      inputFor={(reason) => ({ pledgeId: pledge.id, reason })}
      pledgeOf={(data) => data.waiveContribution}
      words={{
        title: t('waive.title', words),
        what: t('waive.what', words),
        submit: t('waive.submit'),
        done: t('waive.done', words),
      }}
      close={close}
    />
  );
}

interface ReverseContributionProps extends DeedDialogProps {
  readonly mistake: ContributionShown;
}

export function ReverseContributionDialog({ pledge, mistake, close }: ReverseContributionProps) {
  const { t } = useTranslation('instruments');
  const what = contributionWords('goods', { ...pledge, quantity: mistake.quantity });
  return (
    <ReasonDialog
      document={REVERSE_CONTRIBUTION}
      inputFor={(reason) => ({ contributionId: mistake.id, reason })}
      pledgeOf={(data) => data.reverseContribution}
      words={{
        title: t('reverse.title'),
        what: t('reverse.what', { what }),
        submit: t('reverse.submit'),
        done: t('reverse.done', { what }),
      }}
      close={close}
    />
  );
}

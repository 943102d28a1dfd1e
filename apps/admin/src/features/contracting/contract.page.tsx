import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { NotFoundPage } from '~/app/not-found.page';
import { AmendmentCard } from '~/features/changes/amendment-card';
import { TerminationCard } from '~/features/changes/termination-card';
import { DeliveriesCard } from '~/features/deliveries/deliveries-card';
import { OfferList, shownOffer } from '~/features/instruments/offer-list';
import { ThresholdBars } from '~/features/instruments/threshold-bars';
import { NeedOriginCard } from '~/features/needs/need-origin-card';
import { ThreadCard } from '~/features/questions/thread-card';
import { Facts } from '~/ui/facts';
import { formatDay } from '~/ui/format';
import { Loaded, PageSkeleton } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { SectionCard } from '~/ui/section-card';
import { ContractActions } from './contract-actions';
import classes from './contract.module.css';
import { DeliverableList } from './deliverable-list';
import { AgreedFigure } from './figure';
import { FundingFigures } from './funding-figures';
import { PartiesCard } from './parties-card';
import { ProposalsCard } from './proposals-card';
import { PledgesCard } from './pledges-card';
import { ProgressCard } from './progress-card';
import { RecordCard } from './record-card';
import { ScrutinyCard } from './scrutiny-card';
import { ContractStateTag } from './state-tag';
import { useContract, type ContractShown } from './use-contract';

export function ContractPage() {
  const { ref = '' } = useParams();
  const query = useContract(ref);
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {({ contract }) => (contract ? <ContractView contract={contract} /> : <NotFoundPage />)}
    </Loaded>
  );
}

function ContractView({ contract }: { readonly contract: ContractShown }) {
  const { t } = useTranslation('contracting');
  const { t: instruments } = useTranslation('instruments');
  const works =
    contract.state === 'active' || contract.state === 'completed' || contract.state === 'terminated';
  return (
    <Page
      title={contract.title}
      kicker={
        <span className={classes.kicker}>
          <span className="cw-number">{contract.ref}</span>
          <ContractStateTag state={contract.state} />
        </span>
      }
      lead={<span className={classes.summary}>{contract.summary}</span>}
      crumbs={[{ label: t('list.title'), to: '/contracts' }]}
    >
      <div className={classes.columns}>
        <Stack gap="lg" className={classes.side}>
          <SectionCard title={t('now.title')}>
            <Stack gap="md">
              <Text>
                {t(`now.${contract.state}`, {
                  day: formatDay(contract.deadline),
                  fablab: contract.fablab.name,
                })}
              </Text>
              <ThresholdBars funding={contract.funding} thresholds={contract.thresholds} />
              {contract.funding.threshold.amountMinor !== '0' && <FundingFigures contract={contract} />}
              <ContractActions contract={contract} />
            </Stack>
          </SectionCard>
          {works && <ProgressCard refName={contract.ref} />}
          {works && <DeliveriesCard contract={contract} />}
          <PartiesCard contract={contract} />
          <NeedOriginCard refName={contract.ref} />
        </Stack>
        <Stack gap="lg" className={classes.body}>
          <AmendmentCard contract={contract} />
          <TerminationCard contract={contract} />
          <SectionCard
            title={t('promised.title')}
            hint={t('promised.hint', { fablab: contract.fablab.name })}
          >
            <DeliverableList
              deliverables={contract.deliverables}
              price={(words) => <AgreedFigure contract={contract}>{words}</AgreedFigure>}
            />
          </SectionCard>
          <ScrutinyCard contract={contract} />
          <ProposalsCard contractRef={contract.ref} />
          <PledgesCard contract={contract} />
          <SectionCard title={instruments('list.title')} hint={instruments('list.hint')}>
            <OfferList offers={contract.offers.map(shownOffer)} />
          </SectionCard>
          <SectionCard title={t('terms.title')}>
            <Facts
              rows={[
                [t('terms.end'), contract.endCondition],
                [t('terms.deadline'), t('terms.deadlineSentence', { day: formatDay(contract.deadline) })],
                [t('terms.mediator'), contract.mediator],
                [t('terms.licence'), contract.licence],
              ]}
            />
          </SectionCard>
          {contract.milestones.length > 0 && (
            <SectionCard title={t('milestones.title')}>
              <Facts
                rows={contract.milestones.map(
                  (milestone) => [formatDay(milestone.dueOn), milestone.name] as const,
                )}
              />
            </SectionCard>
          )}
          <ThreadCard
            refName={contract.ref}
            isDraft={contract.state === 'draft'}
            mediator={contract.mediator}
          />
          <RecordCard contract={contract} />
        </Stack>
      </div>
    </Page>
  );
}

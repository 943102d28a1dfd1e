import { Button, Card, NativeSelect, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ContractDetailsFragment } from '~/generated/graphql';
import type { OwnCommunity } from '~/features/identity/use-viewer';
import { Facts } from '~/ui/facts';
import { FormFailure } from '~/ui/form-parts';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { comesBack, giftOf } from './comes-back';
import { givenWords } from './given-words';
import { OfferChoice } from './offer-choice';
import { OfferList, shownOffer } from './offer-list';
import { MAKE_PLEDGE } from './operations';
import { PledgeFields } from './pledge-fields';
import { checkPledge, offersFor, pledgeInput, valuesFor, type PledgeValues } from './pledge-values';
import { ThresholdBars } from './threshold-bars';

interface PledgeFormProps {
  readonly contract: ContractDetailsFragment;
  readonly communities: readonly OwnCommunity[];
  readonly first: OwnCommunity;
}

/** Four decisions at most: for whom, what, how much, yes. */
export function PledgeForm({ contract, communities, first }: PledgeFormProps) {
  const { t } = useTranslation(['instruments', 'contracting']);
  const { form, make } = usePledge(contract, first);
  const { communityId } = form.values;
  const community = communities.find(({ id }) => id === communityId) ?? first;
  const offers = offersFor(contract, communityId);
  const offer = offers.find(({ position }) => `${position}` === form.values.offer);
  const gift = offer ? giftOf(contract, offer, form.values) : null;
  const submit = form.onSubmit((values) => {
    if (offer) void make.run({ contractId: contract.id, ...pledgeInput(contract, offer, values) });
  }, focusFirstError);
  return (
    <Stack gap="lg">
      <ThresholdBars funding={contract.funding} thresholds={contract.thresholds} compact />
      <Card>
        <form noValidate onSubmit={submit}>
          <Stack>
            <FormFailure failure={make.failure} />
            {communities.length > 1 ? (
              <NativeSelect
                label={t('contracting:pledge.for')}
                data={communities.map((each) => ({ value: each.id, label: each.name }))}
                value={communityId}
                onChange={(event) => {
                  const id = event.currentTarget.value;
                  form.setValues(valuesFor(contract, id, offersFor(contract, id)[0]));
                }}
              />
            ) : (
              <Text>{t('contracting:pledge.forOne', { community: first.name })}</Text>
            )}
            {offers.length > 1 && (
              <OfferChoice
                offers={offers}
                value={form.values.offer}
                choose={(chosen) => form.setValues(valuesFor(contract, communityId, chosen))}
              />
            )}
            {offers.length === 1 && offer && <OfferList offers={[shownOffer(offer)]} />}
            {offer ? (
              <>
                <PledgeFields form={form} contract={contract} offer={offer} />
                <Facts
                  rows={[
                    [t('pledge.give'), gift ?? '…'],
                    [
                      t('pledge.back'),
                      gift === null ? t('pledge.nothingYet') : comesBack(contract, offer, form.values),
                    ],
                    [t('contracting:pledge.back2'), t('contracting:pledge.until')],
                  ]}
                />
                <Button type="submit" size="lg" loading={make.busy}>
                  {gift === null ? t('contracting:pledge.submit') : t('pledge.submit', { what: gift })}
                </Button>
              </>
            ) : (
              <Text>{t('pledge.noOffer', { community: community.name })}</Text>
            )}
          </Stack>
        </form>
      </Card>
    </Stack>
  );
}

function usePledge(contract: ContractDetailsFragment, first: OwnCommunity) {
  const { t } = useTranslation(['instruments', 'contracting']);
  const navigate = useNavigate();
  const form = useForm<PledgeValues>({
    initialValues: valuesFor(contract, first.id, offersFor(contract, first.id)[0]),
    validate: checkedBy((check, values) =>
      checkPledge(
        check,
        values,
        contract,
        contract.offers.find(({ position }) => `${position}` === values.offer),
      ),
    ),
  });
  const make = useIntent(MAKE_PLEDGE, {
    refetch: ['Contract', 'Contracts'],
    done: async ({ makePledge: pledge }) => {
      toastDone(
        pledge.state === 'active'
          ? t('contracting:active.done', { ref: contract.ref })
          : t('pledge.done', { what: givenWords(pledge), community: pledge.community.name }),
      );
      await navigate(`/contracts/${contract.ref}`);
    },
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  return { form, make };
}

import { useQuery } from '@apollo/client/react';
import { Anchor, Card, Group, NativeSelect, Stack, Switch, Text, Title } from '@mantine/core';
import { IconFileText, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { ContractLineFragment, ContractState } from '~/generated/graphql';
import { communitiesOf, useViewer } from '~/features/identity/use-viewer';
import { EmptyState } from '~/ui/empty-state';
import { formatDay, formatList } from '~/ui/format';
import { LinkButton } from '~/ui/link-button';
import { ListSkeleton, Loaded } from '~/ui/loaded';
import { MoreButton } from '~/ui/more-button';
import { Page } from '~/ui/page';
import { ThresholdBars } from '~/features/instruments/threshold-bars';
import { CONTRACTS } from './operations';
import { ContractStateTag } from './state-tag';

const STATES = ['draft', 'open', 'active', 'completed', 'withdrawn', 'lapsed', 'terminated'] as const;

function isState(text: string | null): text is ContractState {
  return STATES.some((state) => state === text);
}

export function ContractsPage() {
  const { t } = useTranslation('contracting');
  const viewer = useViewer();
  const [search, setSearch] = useSearchParams();
  const wanted = search.get('state');
  const state = isState(wanted) ? wanted : null;
  const communitySlug = search.get('community');
  const mine = viewer ? search.get('all') === null && communitySlug === null : false;
  const query = useQuery(CONTRACTS, {
    variables: { first: 20, state, communitySlug, mine: mine || null },
    skip: viewer === undefined,
  });
  const choose = (name: string, value: string | null): void => {
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === null) next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  };
  const mayDraft = communitiesOf(viewer, 'coordinator').some((community) => community.manufactures);
  const draft = mayDraft && (
    <LinkButton to="/contracts/new" leftSection={<IconPlus size={18} aria-hidden />}>
      {t('list.draft')}
    </LinkButton>
  );
  return (
    <Page title={t('list.title')} lead={t('list.lead')} actions={draft}>
      <Group mb="lg" gap="lg" align="flex-end">
        <NativeSelect
          label={t('list.state')}
          value={state ?? ''}
          onChange={(event) => choose('state', event.currentTarget.value || null)}
          data={[
            { value: '', label: t('list.anyState') },
            ...STATES.map((each) => ({ value: each, label: t(`state.${each}`) })),
          ]}
        />
        {viewer && (
          <Switch
            size="md"
            mb={10}
            label={t('list.mine')}
            checked={mine}
            onChange={(event) => {
              choose('community', null);
              choose('all', event.currentTarget.checked ? null : '1');
            }}
          />
        )}
      </Group>
      <Loaded query={query} skeleton={<ListSkeleton height={150} />}>
        {({ contracts }) =>
          contracts.nodes.length === 0 ? (
            <EmptyState icon={IconFileText} title={t('list.emptyTitle')} action={draft}>
              {mayDraft ? t('list.emptyFablab') : t('list.empty')}
            </EmptyState>
          ) : (
            <Stack component="ul" gap="md" p={0} m={0} style={{ listStyle: 'none' }}>
              {contracts.nodes.map((contract) => (
                <ContractRow key={contract.id} contract={contract} />
              ))}
              <MoreButton page={contracts.pageInfo} fetchMore={query.fetchMore} />
            </Stack>
          )
        }
      </Loaded>
    </Page>
  );
}

function ContractRow({ contract }: { readonly contract: ContractLineFragment }) {
  const { t } = useTranslation('contracting');
  return (
    <Card component="li">
      <Group justify="space-between" gap="xs" mb={4}>
        <Text size="sm" c="dimmed" className="cw-number">
          {contract.ref}
        </Text>
        <ContractStateTag state={contract.state} />
      </Group>
      <Title order={2}>
        <Anchor component={Link} to={`/contracts/${contract.ref}`} inherit>
          {contract.title}
        </Anchor>
      </Title>
      <Text c="dimmed" mb="sm">
        {t('list.parties', {
          fablab: contract.fablab.name,
          receivers: formatList(contract.receivingCommunities.map((community) => community.name)),
        })}
      </Text>
      <ThresholdBars funding={contract.funding} thresholds={contract.thresholds} compact />
      {(contract.state === 'open' || contract.state === 'draft') && (
        <Text size="sm" c="dimmed">
          {t(contract.state === 'open' ? 'list.until' : 'list.deadline', {
            day: formatDay(contract.deadline),
          })}
        </Text>
      )}
    </Card>
  );
}

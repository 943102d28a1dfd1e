import { useQuery } from '@apollo/client/react';
import { Anchor, Card, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { IconPlus, IconSpeakerphone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { NeedLineFragment, NeedState } from '~/generated/graphql';
import { communitiesOf, useViewer } from '~/features/identity/use-viewer';
import { EmptyState } from '~/ui/empty-state';
import { formatDay } from '~/ui/format';
import { LinkButton } from '~/ui/link-button';
import { ListSkeleton, Loaded } from '~/ui/loaded';
import { MoreButton } from '~/ui/more-button';
import { Page } from '~/ui/page';
import { bringsInWords, currentAnswers } from './need-facts';
import { NEEDS } from './operations';
import { NeedStateTag } from './state-tag';

const STATES = ['open', 'answered', 'inContract', 'met', 'closed'] as const;

/** The board: what is needed where, and what fablabs say to it. */
export function NeedsPage() {
  const { t } = useTranslation('needs');
  const viewer = useViewer();
  const [search, setSearch] = useSearchParams();
  const state: NeedState | null = STATES.find((each) => each === search.get('state')) ?? null;
  const query = useQuery(NEEDS, { variables: { first: 20, state }, fetchPolicy: 'cache-and-network' });
  const mayPost = communitiesOf(viewer, 'coordinator').some((community) => community.receives);
  const post = mayPost && (
    <LinkButton to="/needs/new" leftSection={<IconPlus size={18} aria-hidden />}>
      {t('post')}
    </LinkButton>
  );
  return (
    <Page title={t('title')} lead={t('lead')} actions={post}>
      <Group mb="lg">
        <NativeSelect
          label={t('show')}
          value={state ?? ''}
          onChange={(event) => {
            const chosen = event.currentTarget.value;
            setSearch(chosen ? { state: chosen } : {}, { replace: true });
          }}
          data={[
            { value: '', label: t('any') },
            ...STATES.map((each) => ({ value: each, label: t(`state.${each}`) })),
          ]}
        />
      </Group>
      <Loaded query={query} skeleton={<ListSkeleton height={130} />}>
        {({ needs }) =>
          needs.nodes.length === 0 ? (
            <EmptyState icon={IconSpeakerphone} title={t('emptyTitle')} action={state ? null : post}>
              {state ? t('emptyFilter') : mayPost ? t('emptyPost') : t('empty')}
            </EmptyState>
          ) : (
            <Stack component="ul" gap="md" p={0} m={0} style={{ listStyle: 'none' }}>
              {needs.nodes.map((need) => (
                <NeedRow key={need.id} need={need} />
              ))}
              <MoreButton page={needs.pageInfo} fetchMore={query.fetchMore} />
            </Stack>
          )
        }
      </Loaded>
    </Page>
  );
}

function NeedRow({ need }: { readonly need: NeedLineFragment }) {
  const { t } = useTranslation('needs');
  const answered = currentAnswers(need).length;
  const day = need.wantedBy ? t('until', { day: formatDay(need.wantedBy) }) : t('noDay');
  return (
    <Card component="li">
      <Group justify="space-between" gap="xs" mb={4}>
        <Text size="sm" c="dimmed">
          {t('by', { community: need.community.name, place: need.place })}
        </Text>
        <NeedStateTag state={need.state} />
      </Group>
      <Title order={2}>
        <Anchor component={Link} to={`/needs/${need.id}`} inherit>
          {need.title}
        </Anchor>
      </Title>
      <Text lineClamp={2}>{need.purpose}</Text>
      <Text size="sm" c="dimmed" mt="xs">
        {need.quantity} · {day} · {bringsInWords(need)}
      </Text>
      <Text size="sm" c="dimmed">
        {t(answered === 0 ? 'answers_zero' : 'answers', { count: answered })}
      </Text>
    </Card>
  );
}

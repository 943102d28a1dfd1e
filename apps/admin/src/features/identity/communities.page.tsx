import { Anchor, Card, Group, SimpleGrid, Text, Title } from '@mantine/core';
import { IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '~/ui/empty-state';
import { LinkButton } from '~/ui/link-button';
import { Page } from '~/ui/page';
import { Tag } from '~/ui/tag';
import { kindOf } from './kind';
import { useViewer } from './use-viewer';

export function CommunitiesPage() {
  const { t } = useTranslation(['identity', 'common']);
  const viewer = useViewer();
  const memberships = viewer?.memberships ?? [];
  const create = (
    <LinkButton to="/communities/new" leftSection={<IconPlus size={18} aria-hidden />}>
      {t('communities.create')}
    </LinkButton>
  );
  return (
    <Page
      title={t('communities.title')}
      lead={t('communities.lead')}
      actions={memberships.length > 0 && create}
    >
      {memberships.length === 0 ? (
        <EmptyState icon={IconUsersGroup} title={t('communities.emptyTitle')} action={create}>
          {t('communities.empty')}
        </EmptyState>
      ) : (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {memberships.map(({ id, community, roles }) => (
            <Card key={id}>
              <Title order={2}>
                <Anchor component={Link} to={`/communities/${community.slug}`} inherit>
                  {community.name}
                </Anchor>
              </Title>
              <Text c="dimmed" mb="sm">
                {t(`kind.${kindOf(community)}`)}
              </Text>
              <Group gap="xs">
                {roles.map((role) => (
                  <Tag key={role}>{t(`role.${role}`, { ns: 'common' })}</Tag>
                ))}
              </Group>
            </Card>
          ))}
        </SimpleGrid>
      )}
    </Page>
  );
}

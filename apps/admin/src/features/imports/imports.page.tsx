import { useQuery } from '@apollo/client/react';
import { Anchor, Group, Stack, Text } from '@mantine/core';
import { IconTableImport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { NotFoundPage } from '~/app/not-found.page';
import { COMMUNITY } from '~/features/identity/operations';
import { EmptyState } from '~/ui/empty-state';
import { formatMoment } from '~/ui/format';
import { Loaded, PageSkeleton } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { Row, Rows } from '~/ui/rows';
import { SectionCard } from '~/ui/section-card';
import { ImportStateTag } from './import-state-tag';
import { IMPORTS } from './operations';
import { UploadCard } from './upload-card';

/** Where a spreadsheet comes in, and what came in before. */
export function ImportsPage() {
  const { t } = useTranslation('imports');
  const { slug = '' } = useParams();
  const query = useQuery(COMMUNITY, { variables: { slug } });
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {({ community }) =>
        community?.manufactures ? (
          <Page
            title={t('title')}
            lead={t('lead')}
            crumbs={[
              { label: community.name, to: `/communities/${slug}` },
              { label: t('sheet'), to: `/sheet/${slug}` },
            ]}
          >
            <Stack gap="lg">
              <UploadCard fablabId={community.id} />
              <Earlier fablabId={community.id} />
            </Stack>
          </Page>
        ) : (
          <NotFoundPage />
        )
      }
    </Loaded>
  );
}

function Earlier({ fablabId }: { readonly fablabId: string }) {
  const { t } = useTranslation('imports');
  const query = useQuery(IMPORTS, { variables: { fablabId }, fetchPolicy: 'cache-and-network' });
  return (
    <SectionCard title={t('earlier')}>
      <Loaded query={query}>
        {({ contractImports }) =>
          contractImports.length === 0 ? (
            <EmptyState icon={IconTableImport} title={t('noneTitle')} order={3}>
              {t('none')}
            </EmptyState>
          ) : (
            <Rows label={t('earlier')}>
              {contractImports.map((each) => (
                <Row key={each.id} end={<ImportStateTag state={each.state} />}>
                  <Group gap="xs">
                    <Anchor component={Link} to={`/import/${each.id}`} fw={600}>
                      {each.fileName}
                    </Anchor>
                  </Group>
                  <Text size="sm" c="dimmed">
                    {t('by', { name: each.uploadedBy.displayName, when: formatMoment(each.uploadedAt) })}
                  </Text>
                </Row>
              ))}
            </Rows>
          )
        }
      </Loaded>
    </SectionCard>
  );
}

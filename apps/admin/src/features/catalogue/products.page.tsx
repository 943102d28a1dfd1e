import { useQuery } from '@apollo/client/react';
import { Anchor, Card, SimpleGrid, Text, Title } from '@mantine/core';
import { IconPackage, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { NotFoundPage } from '~/app/not-found.page';
import { hasRole, useViewer } from '~/features/identity/use-viewer';
import { EmptyState } from '~/ui/empty-state';
import { formatList } from '~/ui/format';
import { LinkButton } from '~/ui/link-button';
import { Loaded, PageSkeleton } from '~/ui/loaded';
import { MoreButton } from '~/ui/more-button';
import { Page } from '~/ui/page';
import { PRODUCTS } from './operations';

export function ProductsPage() {
  const { t } = useTranslation('catalogue');
  const { slug = '' } = useParams();
  const viewer = useViewer();
  const query = useQuery(PRODUCTS, { variables: { fablab: slug, first: 20 } });
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {({ community, products }) => {
        if (!community) return <NotFoundPage />;
        const add = hasRole(viewer, community.id, 'coordinator') && (
          <LinkButton to={`/fablabs/${slug}/products/new`} leftSection={<IconPlus size={18} aria-hidden />}>
            {t('products.add')}
          </LinkButton>
        );
        return (
          <Page
            title={t('products.title')}
            kicker={community.name}
            lead={t('products.lead')}
            crumbs={[{ label: community.name, to: `/communities/${slug}` }]}
            actions={products.nodes.length > 0 && add}
          >
            {products.nodes.length === 0 ? (
              <EmptyState icon={IconPackage} title={t('products.emptyTitle')} action={add}>
                {t('products.empty')}
              </EmptyState>
            ) : (
              <>
                <SimpleGrid cols={{ base: 1, sm: 2 }}>
                  {products.nodes.map((product) => (
                    <Card key={product.id}>
                      <Title order={2}>
                        <Anchor component={Link} to={`/fablabs/${slug}/products/${product.slug}`} inherit>
                          {product.name}
                        </Anchor>
                      </Title>
                      <Text mb="xs">{product.description}</Text>
                      <Text size="sm" c="dimmed">
                        {product.versions.length === 0
                          ? t('products.noVersion')
                          : t('products.versions', {
                              count: product.versions.length,
                              list: formatList(product.versions.map((version) => version.label)),
                            })}
                      </Text>
                    </Card>
                  ))}
                </SimpleGrid>
                <MoreButton page={products.pageInfo} fetchMore={query.fetchMore} />
              </>
            )}
          </Page>
        );
      }}
    </Loaded>
  );
}

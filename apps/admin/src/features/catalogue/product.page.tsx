import { useQuery } from '@apollo/client/react';
import { Stack, Table, Text, Title } from '@mantine/core';
import { IconPackage, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { NotFoundPage } from '~/app/not-found.page';
import { hasRole, useViewer } from '~/features/identity/use-viewer';
import type { ProductQuery } from '~/generated/graphql';
import { EmptyState } from '~/ui/empty-state';
import { LinkButton } from '~/ui/link-button';
import { Loaded, PageSkeleton } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { SectionCard } from '~/ui/section-card';
import { PRODUCT } from './operations';
import { RoutingList } from './routing-list';
import { useWorkCentreNames } from './use-work-centres';

type Version = NonNullable<ProductQuery['product']>['versions'][number];

export function ProductPage() {
  const { t } = useTranslation('catalogue');
  const { slug = '', product: productSlug = '' } = useParams();
  const viewer = useViewer();
  const query = useQuery(PRODUCT, { variables: { fablab: slug, product: productSlug } });
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {({ product }) => {
        if (!product) return <NotFoundPage />;
        const add = hasRole(viewer, product.fablab.id, 'coordinator') && (
          <LinkButton
            to={`/fablabs/${slug}/products/${productSlug}/new-version`}
            leftSection={<IconPlus size={18} aria-hidden />}
          >
            {t('product.addVersion')}
          </LinkButton>
        );
        return (
          <Page
            title={product.name}
            lead={product.description}
            crumbs={[
              { label: product.fablab.name, to: `/communities/${slug}` },
              { label: t('products.title'), to: `/fablabs/${slug}/products` },
            ]}
            actions={product.versions.length > 0 && add}
          >
            {product.versions.length === 0 ? (
              <EmptyState icon={IconPackage} title={t('product.emptyTitle')} action={add}>
                {t('product.empty')}
              </EmptyState>
            ) : (
              <Stack gap="lg">
                {product.versions.map((version) => (
                  <VersionCard
                    key={version.id}
                    version={version}
                    fablab={slug}
                    copy={
                      hasRole(viewer, product.fablab.id, 'coordinator')
                        ? `/fablabs/${slug}/products/${productSlug}/new-version?from=${version.id}`
                        : null
                    }
                  />
                ))}
              </Stack>
            )}
          </Page>
        );
      }}
    </Loaded>
  );
}

interface VersionCardProps {
  readonly version: Version;
  readonly fablab: string;
  /** Where a new version begins as a copy of this one; null for who may not. */
  readonly copy: string | null;
}

function VersionCard({ version, fablab, copy }: VersionCardProps) {
  const { t } = useTranslation('catalogue');
  const names = useWorkCentreNames(fablab);
  return (
    <SectionCard
      title={t('product.version', { label: version.label })}
      hint={t('product.licence', { licence: version.licence })}
      action={
        copy && (
          <LinkButton to={copy} variant="default" size="sm" h={44}>
            {t('product.copy', { label: version.label })}
          </LinkButton>
        )
      }
    >
      <Stack gap="lg">
        <div>
          <Title order={3} mb="xs">
            {t('routing.title')}
          </Title>
          <RoutingList
            steps={version.routing.map((operation) => ({
              ...operation,
              workCentre: names.get(operation.workCentreId) ?? t('routing.someWorkCentre'),
            }))}
          />
        </div>
        <div>
          <Title order={3} mb="xs">
            {t('bom.title')}
          </Title>
          {version.billOfMaterials.length === 0 ? (
            <Text c="dimmed">{t('bom.none')}</Text>
          ) : (
            <Table>
              <Table.Caption>{t('bom.caption')}</Table.Caption>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('bom.item')}</Table.Th>
                  <Table.Th ta="right">{t('bom.quantity')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {version.billOfMaterials.map((line) => (
                  <Table.Tr key={line.position}>
                    <Table.Td>
                      {line.item}
                      {line.partVersionId !== null && ` (${t('bom.madeFirst')})`}
                    </Table.Td>
                    <Table.Td ta="right" className="cw-number">
                      {line.quantity} {line.unit}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
        </div>
      </Stack>
    </SectionCard>
  );
}

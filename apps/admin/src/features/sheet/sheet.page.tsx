import { useQuery } from '@apollo/client/react';
import { Button, SegmentedControl, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconDownload, IconTable, IconTableImport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { NotFoundPage } from '~/app/not-found.page';
import { COMMUNITY } from '~/features/identity/operations';
import { hasRole, useViewer } from '~/features/identity/use-viewer';
import type { CommunityQuery, SheetSide } from '~/generated/graphql';
import { EmptyState } from '~/ui/empty-state';
import { LinkButton } from '~/ui/link-button';
import { ListSkeleton, Loaded, PageSkeleton } from '~/ui/loaded';
import { MoreButton } from '~/ui/more-button';
import { Page } from '~/ui/page';
import { SheetCards } from './sheet-cards';
import { SheetFilters } from './sheet-filters';
import { SheetTable } from './sheet-table';
import { SheetTotals } from './sheet-totals';
import { useSheet, useSheetChoice } from './use-sheet';

/** Pledges, payments and what is owed, over all contracts, in one table. */
export function SheetPage() {
  const { slug = '' } = useParams();
  const query = useQuery(COMMUNITY, { variables: { slug } });
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {({ community }) => (community ? <Sheet community={community} /> : <NotFoundPage />)}
    </Loaded>
  );
}

function Sheet({ community }: { readonly community: NonNullable<CommunityQuery['community']> }) {
  const { t } = useTranslation('sheet');
  const viewer = useViewer();
  const { choice, choose, search } = useSheetChoice();
  const keeps = community.manufactures && hasRole(viewer, community.id, 'treasurer', 'coordinator');
  const both = keeps && community.receives;
  const side: SheetSide = !keeps || (both && search.get('side') === 'supporter') ? 'supporter' : 'fablab';
  const sheet = useSheet(community.id, side, choice);
  const wide = useMediaQuery('(min-width: 62em)', true, { getInitialValueInEffect: false });
  const file = new URLSearchParams(search);
  file.set('side', side);
  return (
    <Page
      title={t(`title.${side}`)}
      lead={t(`lead.${side}`)}
      width="wide"
      crumbs={[{ label: community.name, to: `/communities/${community.slug}` }]}
      actions={
        <>
          {side === 'fablab' && (
            <LinkButton
              to={`/imports/${community.slug}`}
              variant="default"
              leftSection={<IconTableImport size={18} aria-hidden />}
            >
              {t('import')}
            </LinkButton>
          )}
          <Button
            component="a"
            href={`/sheet/${community.slug}.csv?${file.toString()}`}
            download
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden />}
          >
            {t('download')}
          </Button>
        </>
      }
    >
      <Stack gap="lg">
        {both && (
          <SegmentedControl
            aria-label={t('side')}
            value={side}
            onChange={(value) => choose({ side: value, contract: null, supporter: null })}
            data={(['fablab', 'supporter'] as const).map((value) => ({ value, label: t(`sides.${value}`) }))}
          />
        )}
        <SheetFilters
          choice={choice}
          choose={choose}
          choices={sheet.choices.data?.sheetChoices}
          side={side}
          withSort={!wide}
        />
        {sheet.totals.data && <SheetTotals totals={sheet.totals.data.sheetTotals} />}
        <Loaded query={sheet.rows} skeleton={<ListSkeleton rows={6} height={56} />}>
          {({ sheetRows: { nodes, pageInfo } }) =>
            nodes.length === 0 ? (
              <EmptyState icon={IconTable} title={t('emptyTitle')}>
                {t(`empty.${side}`)}
              </EmptyState>
            ) : (
              <div>
                {wide ? (
                  <SheetTable
                    rows={nodes}
                    side={side}
                    choice={choice}
                    choose={choose}
                    done={sheet.refresh}
                    withCurrency={(sheet.totals.data?.sheetTotals.length ?? 2) > 1}
                  />
                ) : (
                  <SheetCards rows={nodes} side={side} done={sheet.refresh} />
                )}
                <MoreButton page={pageInfo} fetchMore={sheet.rows.fetchMore} />
              </div>
            )
          }
        </Loaded>
      </Stack>
    </Page>
  );
}

import { useQuery } from '@apollo/client/react';
import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { ContractImportQuery } from '~/generated/graphql';
import { formatMoment } from '~/ui/format';
import { Loaded, PageSkeleton } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { ImportStateTag } from './import-state-tag';
import { MadeCard } from './made-card';
import { IMPORT } from './operations';
import { PreviewSteps } from './preview-steps';

export type ImportShown = ContractImportQuery['contractImport'];

/** One table: how it is read, what it would do, and later what it did. */
export function ImportPage() {
  const { id = '' } = useParams();
  const query = useQuery(IMPORT, { variables: { id }, fetchPolicy: 'cache-and-network' });
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {({ contractImport }) => <Shown table={contractImport} />}
    </Loaded>
  );
}

function Shown({ table }: { readonly table: ImportShown }) {
  const { t } = useTranslation('imports');
  const { fablab } = table;
  return (
    <Page
      title={table.fileName}
      kicker={<ImportStateTag state={table.state} />}
      lead={t('by', { name: table.uploadedBy.displayName, when: formatMoment(table.uploadedAt) })}
      width="wide"
      crumbs={[
        { label: fablab.name, to: `/communities/${fablab.slug}` },
        { label: t('title'), to: `/imports/${fablab.slug}` },
      ]}
    >
      <Stack gap="lg">
        {table.state === 'uploaded' && <PreviewSteps table={table} />}
        {(table.state === 'applied' || table.state === 'undone') && <MadeCard table={table} />}
        {table.state === 'discarded' && <Text>{t('discarded')}</Text>}
      </Stack>
    </Page>
  );
}

import { useQuery } from '@apollo/client/react';
import { SimpleGrid } from '@mantine/core';
import { IconTools } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { EmptyState } from '~/ui/empty-state';
import { LinkButton } from '~/ui/link-button';
import { Loaded } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { FABLAB_SECTIONS } from './operations';
import { SectionDoor } from './section-door';

/** The boards of a fablab: one for each section. */
export function WorkshopPage() {
  const { t } = useTranslation('workshop');
  const { fablab = '' } = useParams();
  const query = useQuery(FABLAB_SECTIONS, { variables: { fablab } });
  const name = query.data?.fablabSections[0]?.fablab.name;
  return (
    <Page
      title={t('boards.title')}
      kicker={name}
      lead={t('boards.lead')}
      crumbs={[{ label: name ?? fablab, to: `/communities/${fablab}` }]}
    >
      <Loaded query={query}>
        {({ fablabSections }) =>
          fablabSections.length === 0 ? (
            <EmptyState
              icon={IconTools}
              title={t('boards.emptyTitle')}
              action={<LinkButton to={`/fablabs/${fablab}/sections`}>{t('boards.setUp')}</LinkButton>}
            >
              {t('boards.empty')}
            </EmptyState>
          ) : (
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
              {fablabSections.map((section) => (
                <SectionDoor key={section.id} section={section} />
              ))}
            </SimpleGrid>
          )
        }
      </Loaded>
    </Page>
  );
}

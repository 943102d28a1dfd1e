import { useQuery } from '@apollo/client/react';
import { NativeSelect, Stack } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { communitiesOf, useViewer } from '~/features/identity/use-viewer';
import { EmptyState } from '~/ui/empty-state';
import { LinkButton } from '~/ui/link-button';
import { Loaded, PageSkeleton } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { CONTRACT_TEMPLATES } from './operations';
import { TemplateForm } from './template-form';

/** Where a fablab's coordinators make the texts of their drafts their own. */
export function TemplatesPage() {
  const { t } = useTranslation('templates');
  const { slug = '' } = useParams();
  const viewer = useViewer();
  const fablab = communitiesOf(viewer, 'coordinator').find((each) => each.slug === slug && each.manufactures);
  const query = useQuery(CONTRACT_TEMPLATES, { variables: { fablabSlug: slug } });
  const [chosen, setChosen] = useState('');
  if (viewer === undefined) return <PageSkeleton />;
  if (!fablab) {
    return (
      <Page title={t('title')} width="narrow">
        <EmptyState
          icon={IconLock}
          title={t('not')}
          action={<LinkButton to="/communities">{t('back')}</LinkButton>}
        />
      </Page>
    );
  }
  return (
    <Page
      title={t('title')}
      lead={t('lead', { fablab: fablab.name })}
      width="narrow"
      crumbs={[{ label: fablab.name, to: `/communities/${slug}` }]}
    >
      <Loaded query={query}>
        {({ contractTemplates: all }) => {
          const template = all.find((each) => each.key === chosen) ?? all[0];
          if (!template) return null;
          return (
            <Stack gap="lg">
              <NativeSelect
                label={t('which')}
                value={template.key}
                onChange={(event) => setChosen(event.currentTarget.value)}
                data={all.map((each) => ({ value: each.key, label: each.name }))}
              />
              <TemplateForm
                key={`${template.key} ${template.revision}`}
                fablabId={fablab.id}
                template={template}
                reload={() => void query.refetch()}
              />
            </Stack>
          );
        }}
      </Loaded>
    </Page>
  );
}

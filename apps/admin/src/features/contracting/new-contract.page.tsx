import { NativeSelect, Stack } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { communitiesOf, useViewer } from '~/features/identity/use-viewer';
import { EmptyState } from '~/ui/empty-state';
import { LinkButton } from '~/ui/link-button';
import { Page } from '~/ui/page';
import { toastDone } from '~/ui/toast';
import { DraftEditor } from './draft-editor';
import { useDraftStart } from './draft-start';
import { DRAFT_CONTRACT } from './editor-operations';

export function NewContractPage() {
  const { t } = useTranslation('contracting');
  const viewer = useViewer();
  const navigate = useNavigate();
  const fablabs = communitiesOf(viewer, 'coordinator').filter((community) => community.manufactures);
  const [chosen, setChosen] = useState<string | null>(null);
  const fablab = fablabs.find((each) => each.id === chosen) ?? fablabs[0];
  const start = useDraftStart(fablab);
  return (
    <Page
      title={t('editor.newTitle')}
      lead={t('editor.newLead')}
      width="wide"
      crumbs={[{ label: t('list.title'), to: '/contracts' }]}
    >
      {fablab ? (
        <Stack>
          {fablabs.length > 1 && (
            <NativeSelect
              label={t('editor.fablab')}
              maw={320}
              value={fablab.id}
              onChange={(event) => setChosen(event.currentTarget.value)}
              data={fablabs.map((each) => ({ value: each.id, label: each.name }))}
            />
          )}
          {start.element}
          {start.ready && (
            <DraftEditor
              key={start.key}
              fablab={fablab}
              initial={start.initial}
              document={DRAFT_CONTRACT}
              keyed
              inputFor={(input) => (start.needId ? { ...input, needId: start.needId } : input)}
              submitLabel={t('editor.saveNew')}
              done={async ({ draftContract: contract }) => {
                toastDone(t('editor.saved', { ref: contract.ref }));
                await navigate(`/contracts/${contract.ref}`);
              }}
            />
          )}
        </Stack>
      ) : (
        <EmptyState
          icon={IconUsersGroup}
          title={t('editor.noFablabTitle')}
          action={<LinkButton to="/communities">{t('editor.toCommunities')}</LinkButton>}
        >
          {t('editor.noFablab')}
        </EmptyState>
      )}
    </Page>
  );
}

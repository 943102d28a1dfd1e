import { Button, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { formatAmount } from '~/ui/format';
import { ListSkeleton, LoadFailure } from '~/ui/loaded';
import { SectionCard } from '~/ui/section-card';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { ColumnsCard } from './columns-card';
import type { ImportShown } from './import.page';
import { APPLY_IMPORT, DISCARD_IMPORT } from './operations';
import { PreviewRows } from './preview-rows';
import { QuestionsCard } from './questions-card';
import { usePreview } from './use-preview';

/** How the table is read, what must be answered, and what would be done; nothing is, until the one button. */
export function PreviewSteps({ table }: { readonly table: ImportShown }) {
  const { t } = useTranslation('imports');
  const navigate = useNavigate();
  const preview = usePreview(table.id);
  const { shown } = preview;
  const apply = useIntent(APPLY_IMPORT, {
    done: () => toastDone(t('apply.done')),
    refused: () => {
      void preview.query.refetch();
      return false;
    },
  });
  const discard = useIntent(DISCARD_IMPORT, {
    keyed: false,
    done: () => void navigate(`/imports/${table.fablab.slug}`),
  });
  if (!shown && preview.query.error)
    return <LoadFailure error={preview.query.error} retry={preview.query.refetch} />;
  if (!shown) return <ListSkeleton rows={4} />;
  const { counts, sums } = shown;
  const possible = counts.problem === 0 && counts.ready > 0;
  return (
    <Stack gap="lg">
      <ColumnsCard shown={shown} answer={preview.answer} />
      <QuestionsCard shown={shown} preview={preview} />
      <SectionCard title={t('preview.title')} hint={t('preview.hint')}>
        <PreviewRows table={table} shown={shown} preview={preview} />
      </SectionCard>
      <SectionCard title={t('apply.title')}>
        <Stack>
          <ul style={{ margin: 0, paddingLeft: '1.1rem' }}>
            {sums.map(({ kind, count, amount }) => (
              <li key={`${kind} ${amount.currency}`} className="cw-number">
                {t(`sum.${kind}`, { count, amount: formatAmount(amount) })}
              </li>
            ))}
            {counts.exists > 0 && <li>{t('sum.exists', { count: counts.exists })}</li>}
            {counts.problem > 0 && <li>{t('sum.problem', { count: counts.problem })}</li>}
          </ul>
          <Group>
            <Button
              disabled={!possible}
              loading={apply.busy}
              onClick={() =>
                void apply.run({ importId: table.id, settings: preview.settings, previewHash: shown.hash })
              }
            >
              {t('apply.submit', { count: counts.ready })}
            </Button>
            <Button
              variant="default"
              loading={discard.busy}
              onClick={() => void discard.run({ importId: table.id })}
            >
              {t('discard')}
            </Button>
          </Group>
        </Stack>
      </SectionCard>
    </Stack>
  );
}

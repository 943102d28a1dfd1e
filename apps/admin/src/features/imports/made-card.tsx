import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ReasonInput, checkReason } from '~/features/contracting/reason-input';
import { Dialog } from '~/ui/dialog';
import { formatMoment } from '~/ui/format';
import { FormFailure } from '~/ui/form-parts';
import { Row, Rows } from '~/ui/rows';
import { SectionCard } from '~/ui/section-card';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import type { ImportShown } from './import.page';
import { UNDO_IMPORT } from './operations';

/** What each row made, each leading to its contract's entries; and the way back. */
export function MadeCard({ table }: { readonly table: ImportShown }) {
  const { t } = useTranslation('imports');
  const [asking, setAsking] = useState(false);
  return (
    <SectionCard
      title={t('made.title')}
      hint={
        table.undoneAt
          ? t('made.undone', { when: formatMoment(table.undoneAt), reason: table.undoReason ?? '' })
          : t('made.hint')
      }
      action={
        table.state === 'applied' && (
          <Button variant="subtle" color="brick" onClick={() => setAsking(true)}>
            {t('undo.button')}
          </Button>
        )
      }
    >
      <Rows label={t('made.title')}>
        {table.made.map((each) => (
          <Row key={each.madeId}>
            <Group gap="xs">
              <Text fw={600}>{t('row.number', { row: each.row })}</Text>
              <Text>{t(`made.${each.kind}`)}</Text>
              <Anchor
                component={Link}
                to={`/contracts/${each.contractRef}${each.kind === 'proposal' ? '' : '/entries'}`}
              >
                {each.contractRef}
              </Anchor>
            </Group>
          </Row>
        ))}
      </Rows>
      {asking && <UndoDialog table={table} close={() => setAsking(false)} />}
    </SectionCard>
  );
}

function UndoDialog({ table, close }: { readonly table: ImportShown; readonly close: () => void }) {
  const { t } = useTranslation('imports');
  const form = useForm({
    initialValues: { reason: '' },
    validate: checkedBy((check, { reason }) => checkReason(check, reason)),
  });
  const undo = useIntent(UNDO_IMPORT, {
    done: () => {
      toastDone(t('undo.done'));
      close();
    },
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  return (
    <Dialog opened close={close} title={t('undo.title')}>
      <FormFailure failure={undo.failure} />
      <Text>{t('undo.what', { count: table.made.length })}</Text>
      <form
        noValidate
        onSubmit={form.onSubmit(
          ({ reason }) => void undo.run({ importId: table.id, reason }),
          focusFirstError,
        )}
      >
        <Stack>
          <ReasonInput {...form.getInputProps('reason')} />
          <Button type="submit" color="brick" loading={undo.busy}>
            {t('undo.submit')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}

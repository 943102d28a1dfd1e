import { NativeSelect, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportField } from '~/generated/graphql';
import { SectionCard } from '~/ui/section-card';
import classes from './imports.module.css';
import type { Answers, PreviewShown } from './use-preview';

const FIELDS = [
  'supporter',
  'contract',
  'instrument',
  'pledged',
  'received',
  'receivedOn',
  'repaid',
  'repaidOn',
  'currency',
  'hours',
  'goods',
  'note',
] as const satisfies readonly ImportField[];

interface ColumnsCardProps {
  readonly shown: PreviewShown;
  readonly answer: (more: Partial<Answers>) => void;
}

/** Which column holds what: proposed from the heads, and corrected here. */
export function ColumnsCard({ shown, answer }: ColumnsCardProps) {
  const { t } = useTranslation('imports');
  const { columns } = shown;
  const choose = (column: number, field: ImportField | null): void =>
    answer({
      columns: columns.flatMap((each) => {
        const chosen = each.column === column ? field : each.field === field ? null : each.field;
        return chosen ? [{ field: chosen, column: each.column }] : [];
      }),
    });
  return (
    <SectionCard title={t('columns.title')} hint={t('columns.hint')}>
      <ul className={classes.columns}>
        {columns.map((each) => (
          <li key={each.column}>
            <NativeSelect
              label={each.head || t('columns.nameless', { number: each.column + 1 })}
              value={each.field ?? ''}
              onChange={(event) => {
                const chosen = event.currentTarget.value;
                choose(each.column, FIELDS.find((field) => field === chosen) ?? null);
              }}
              data={[
                { value: '', label: t('columns.ignored') },
                ...FIELDS.map((field) => ({ value: field, label: t(`field.${field}`) })),
              ]}
            />
            <Text size="sm" c="dimmed" lineClamp={2}>
              {each.samples.filter(Boolean).join(' · ')}
            </Text>
          </li>
        ))}
      </ul>
    </SectionCard>
  );
}

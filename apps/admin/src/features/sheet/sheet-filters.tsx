import { Button, NativeSelect } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SheetChoicesQuery, SheetSide } from '~/generated/graphql';
import classes from './sheet.module.css';
import { DUES, INSTRUMENTS, STATES, type SheetChoice } from './use-sheet';

const SORTED = ['contract', 'supporter', '-owed', '-pledged', 'due'] as const;

interface SheetFiltersProps {
  readonly choice: SheetChoice;
  readonly choose: (values: Readonly<Record<string, string | null>>) => void;
  readonly choices: SheetChoicesQuery['sheetChoices'] | undefined;
  readonly side: SheetSide;
  /** On a phone there are no column heads to sort by. */
  readonly withSort: boolean;
}

export function SheetFilters({ choice, choose, choices, side, withSort }: SheetFiltersProps) {
  const { t } = useTranslation(['sheet', 'contracting']);
  const { contract, supporter, state, due, instrument } = choice;
  const filtered = contract ?? supporter ?? due ?? instrument ?? (state === 'standing' ? null : state);
  const sorted = `${choice.descending ? '-' : ''}${choice.sort}`;
  return (
    <div className={classes.filters} role="search" aria-label={t('filter.label')}>
      <NativeSelect
        label={t('filter.contract')}
        value={contract ?? ''}
        onChange={(event) => choose({ contract: event.currentTarget.value })}
        data={[
          { value: '', label: t('filter.anyContract') },
          ...(choices?.contracts ?? []).map(({ ref, title }) => ({ value: ref, label: `${ref} · ${title}` })),
        ]}
      />
      {side === 'fablab' && (
        <NativeSelect
          label={t('filter.supporter')}
          value={supporter ?? ''}
          onChange={(event) => choose({ supporter: event.currentTarget.value })}
          data={[
            { value: '', label: t('filter.anySupporter') },
            ...(choices?.supporters ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      )}
      <NativeSelect
        label={t('filter.state')}
        value={state}
        onChange={(event) => choose({ state: event.currentTarget.value })}
        data={STATES.map((each) => ({
          value: each,
          label:
            each === 'standing' || each === 'all'
              ? t(`filter.${each}`)
              : t(`contracting:pledgeState.${each}`),
        }))}
      />
      <NativeSelect
        label={t('filter.due')}
        value={due ?? ''}
        onChange={(event) => choose({ due: event.currentTarget.value })}
        data={[
          { value: '', label: t('filter.anyDue') },
          ...DUES.map((each) => ({ value: each, label: t(`due.${each}`) })),
        ]}
      />
      <NativeSelect
        label={t('filter.instrument')}
        value={instrument ?? ''}
        onChange={(event) => choose({ instrument: event.currentTarget.value })}
        data={[
          { value: '', label: t('filter.anyInstrument') },
          ...INSTRUMENTS.map((each) => ({ value: each, label: t(`instrument.${each}`) })),
        ]}
      />
      {withSort && (
        <NativeSelect
          label={t('filter.sort')}
          value={sorted}
          onChange={(event) => {
            const chosen = event.currentTarget.value;
            choose({
              sort: chosen.replace('-', ''),
              descending: chosen.startsWith('-') ? 'true' : null,
            });
          }}
          data={SORTED.map((each) => ({ value: each, label: t(`sorted.${each}`) }))}
        />
      )}
      {filtered && (
        <Button
          variant="subtle"
          leftSection={<IconFilterOff size={18} aria-hidden />}
          onClick={() =>
            choose({ contract: null, supporter: null, state: null, due: null, instrument: null })
          }
        >
          {t('filter.clear')}
        </Button>
      )}
    </div>
  );
}

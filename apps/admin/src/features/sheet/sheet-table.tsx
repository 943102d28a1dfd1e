import { Anchor, Table, Text, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PledgeStateTag } from '~/features/contracting/state-tag';
import type { SheetLineFragment, SheetSide, SheetSort } from '~/generated/graphql';
import { DueWords } from './due-words';
import { InstrumentWords } from './instrument-words';
import { SheetDeeds } from './sheet-deeds';
import { SheetFigure } from './sheet-figure';
import classes from './sheet.module.css';
import type { SheetChoice } from './use-sheet';

const FIGURES = ['pledged', 'received', 'awaited', 'repaid', 'owed'] as const;
const SORTABLE: readonly string[] = ['pledged', 'received', 'owed'];

interface SheetTableProps {
  readonly rows: readonly SheetLineFragment[];
  readonly side: SheetSide;
  readonly choice: SheetChoice;
  readonly choose: (values: Readonly<Record<string, string | null>>) => void;
  /** After something was recorded. */
  readonly done: () => void;
  readonly withCurrency: boolean;
}

export function SheetTable({ rows, side, choice, choose, done, withCurrency }: SheetTableProps) {
  const { t } = useTranslation('sheet');
  const head = (sort: SheetSort, label: string, right = false) => (
    <SortedHead key={sort} sort={sort} label={label} right={right} choice={choice} choose={choose} />
  );
  return (
    <Table.ScrollContainer minWidth={1040}>
      <Table verticalSpacing="xs" horizontalSpacing="xs" captionSide="bottom" aria-label={t(`title.${side}`)}>
        <Table.Caption>{t('keys')}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {head('contract', t('column.contract'))}
            {head('supporter', t(side === 'fablab' ? 'column.supporter' : 'column.fablab'))}
            <Table.Th scope="col">{t('column.instrument')}</Table.Th>
            {FIGURES.map((name) =>
              SORTABLE.includes(name) ? (
                head(name as SheetSort, t(`column.${name}`), true)
              ) : (
                <Table.Th key={name} scope="col" ta="right">
                  {t(`column.${name}`)}
                </Table.Th>
              ),
            )}
            {head('due', t('column.due'))}
            {side === 'fablab' && <Table.Th scope="col">{t('column.record')}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody onKeyDown={walk}>
          {rows.map((row) => (
            <Table.Tr key={row.id}>
              <Table.Th scope="row" fw={400}>
                <Anchor component={Link} to={`/contracts/${row.contractRef}`} className={classes.ref}>
                  {row.contractRef}
                </Anchor>
                <Text size="sm" c="dimmed" lineClamp={1} maw="11rem">
                  {row.contractTitle}
                </Text>
              </Table.Th>
              <Table.Td>
                <Text inherit mb={2}>
                  {side === 'fablab' ? row.supporter.name : row.fablab.name}
                </Text>
                <PledgeStateTag state={row.state} />
              </Table.Td>
              <Table.Td>
                <InstrumentWords row={row} />
              </Table.Td>
              {FIGURES.map((name) => (
                <Table.Td key={name} ta="right" fw={name === 'owed' ? 600 : 400} className={classes.figure}>
                  <SheetFigure row={row} name={name} side={side} withCurrency={withCurrency} />
                </Table.Td>
              ))}
              <Table.Td miw="7.5rem">
                <DueWords row={row} />
              </Table.Td>
              {side === 'fablab' && (
                <Table.Td>
                  <SheetDeeds row={row} done={done} />
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface SortedHeadProps extends Pick<SheetTableProps, 'choice' | 'choose'> {
  readonly sort: SheetSort;
  readonly label: string;
  readonly right: boolean;
}

function SortedHead({ sort, label, right, choice, choose }: SortedHeadProps) {
  const current = choice.sort === sort;
  const Arrow = choice.descending ? IconArrowDown : IconArrowUp;
  // Whoever sorts by an amount looks for the largest.
  const descends = current ? !choice.descending : right;
  return (
    <Table.Th
      scope="col"
      ta={right ? 'right' : 'left'}
      {...(current && { 'aria-sort': choice.descending ? 'descending' : 'ascending' })}
    >
      <UnstyledButton
        className={classes.head}
        onClick={() => choose({ sort, descending: descends ? 'true' : null })}
      >
        {label}
        {current && <Arrow size={16} aria-hidden />}
      </UnstyledButton>
    </Table.Th>
  );
}

/** Arrows walk to the same place in the next row, as in a spreadsheet. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const row = event.target instanceof HTMLElement ? event.target.closest('tr') : null;
  const cell = event.target instanceof HTMLElement ? event.target.closest('th, td') : null;
  if (step === 0 || !row || !cell) return;
  const place = [...row.children].indexOf(cell);
  let next = step === 1 ? row.nextElementSibling : row.previousElementSibling;
  while (next) {
    const target = next.children[place]?.querySelector<HTMLElement>('a, button');
    if (target) {
      event.preventDefault();
      target.focus();
      return;
    }
    next = step === 1 ? next.nextElementSibling : next.previousElementSibling;
  }
}

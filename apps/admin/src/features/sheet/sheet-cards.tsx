import { Anchor, Card, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PledgeStateTag } from '~/features/contracting/state-tag';
import type { SheetLineFragment, SheetSide } from '~/generated/graphql';
import { DueWords } from './due-words';
import { InstrumentWords } from './instrument-words';
import { SheetDeeds } from './sheet-deeds';
import { SheetFigure, hasFigure } from './sheet-figure';
import classes from './sheet.module.css';

const FIGURES = ['pledged', 'received', 'awaited', 'repaid', 'owed'] as const;
const ALWAYS: readonly string[] = ['pledged', 'owed'];

interface SheetCardsProps {
  readonly rows: readonly SheetLineFragment[];
  readonly side: SheetSide;
  readonly done: () => void;
}

/** The rows on a phone. */
export function SheetCards({ rows, side, done }: SheetCardsProps) {
  const { t } = useTranslation('sheet');
  return (
    <Stack component="ul" gap="sm" p={0} m={0} style={{ listStyle: 'none' }} aria-label={t(`title.${side}`)}>
      {rows.map((row) => (
        <Card component="li" key={row.id}>
          <Group justify="space-between" gap="xs">
            <Text fw={600}>{side === 'fablab' ? row.supporter.name : row.fablab.name}</Text>
            <PledgeStateTag state={row.state} />
          </Group>
          <Text size="sm" c="dimmed" mb="xs">
            <Anchor component={Link} to={`/contracts/${row.contractRef}`} className="cw-number" inherit>
              {row.contractRef}
            </Anchor>{' '}
            {row.contractTitle}
          </Text>
          <Text size="sm" mb="xs" component="div">
            <InstrumentWords row={row} />
          </Text>
          <dl className={classes.sums}>
            {FIGURES.filter((name) => ALWAYS.includes(name) || hasFigure(row, name)).map((name) => (
              <div key={name}>
                <dt>{t(`column.${name}`)}</dt>
                <dd>
                  <SheetFigure row={row} name={name} side={side} />
                </dd>
              </div>
            ))}
            {row.dueOn && (
              <div>
                <dt>{t('column.due')}</dt>
                <dd>
                  <DueWords row={row} />
                </dd>
              </div>
            )}
          </dl>
          {side === 'fablab' && (
            <Group mt="xs">
              <SheetDeeds row={row} done={done} />
            </Group>
          )}
        </Card>
      ))}
    </Stack>
  );
}

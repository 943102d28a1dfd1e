import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportPreviewQuery, ImportRowState } from '~/generated/graphql';
import { formatAmount, formatDayShort } from '~/ui/format';
import { MoreButton } from '~/ui/more-button';
import { Row, Rows } from '~/ui/rows';
import { Tag, type Tone } from '~/ui/tag';
import type { ImportShown } from './import.page';
import type { PreviewShown, usePreview } from './use-preview';

type PlannedRow = PreviewShown['rows']['nodes'][number];

const STATES = ['problem', 'ready', 'exists', 'leftOut'] as const satisfies readonly ImportRowState[];
const TONES: Readonly<Record<ImportRowState, Tone>> = {
  problem: 'stop',
  ready: 'go',
  exists: 'plain',
  leftOut: 'plain',
};

interface PreviewRowsProps {
  readonly table: ImportShown;
  readonly shown: PreviewShown;
  readonly preview: ReturnType<typeof usePreview>;
}

/** Row by row: what it would do, or what is wrong with it and what would be right. */
export function PreviewRows({ shown, preview }: PreviewRowsProps) {
  const { t } = useTranslation('imports');
  const { answers, answer, state, setState, query } = preview;
  const leaveOut = (row: number, out: boolean): void =>
    answer({ leftOut: out ? [...answers.leftOut, row] : answers.leftOut.filter((each) => each !== row) });
  return (
    <Stack>
      <NativeSelect
        label={t('preview.show')}
        maw="20rem"
        value={state ?? ''}
        onChange={(event) => setState(STATES.find((each) => each === event.currentTarget.value) ?? null)}
        data={[
          { value: '', label: t('preview.all', { count: shown.counts.rows }) },
          ...STATES.map((each) => ({ value: each, label: `${t(`row.${each}`)} (${shown.counts[each]})` })),
        ]}
      />
      <Rows label={t('preview.title')}>
        {shown.rows.nodes.map((row) => (
          <PlannedLine key={row.row} row={row} leaveOut={leaveOut} />
        ))}
      </Rows>
      <MoreButton page={shown.rows.pageInfo} fetchMore={(options) => query.fetchMore(appending(options))} />
    </Stack>
  );
}

/** The rows of the next page stand behind those that are shown. */
function appending<Options extends object>(options: Options) {
  return {
    ...options,
    updateQuery: (
      before: ImportPreviewQuery,
      { fetchMoreResult: next }: { fetchMoreResult: ImportPreviewQuery },
    ) => {
      const { preview } = next.contractImport;
      const nodes = [...before.contractImport.preview.rows.nodes, ...preview.rows.nodes];
      return {
        ...next,
        contractImport: { ...next.contractImport, preview: { ...preview, rows: { ...preview.rows, nodes } } },
      };
    },
  };
}

interface PlannedLineProps {
  readonly row: PlannedRow;
  readonly leaveOut: (row: number, out: boolean) => void;
}

function PlannedLine({ row, leaveOut }: PlannedLineProps) {
  const { t } = useTranslation('imports');
  const out = row.state === 'leftOut';
  return (
    <Row
      end={
        (out || row.state === 'problem') && (
          <Button
            variant="default"
            size="sm"
            mih={44}
            onClick={() => leaveOut(row.row, !out)}
            aria-label={t(out ? 'row.takeInLabel' : 'row.leaveOutLabel', { row: row.row })}
          >
            {t(out ? 'row.takeIn' : 'row.leaveOut')}
          </Button>
        )
      }
    >
      <Group gap="xs">
        <Text fw={600}>{t('row.number', { row: row.row })}</Text>
        <Tag tone={TONES[row.state]}>{t(`row.${row.state}`)}</Tag>
        <Text size="sm" c="dimmed">
          {[row.supporter, row.contract].filter(Boolean).join(' · ')}
        </Text>
      </Group>
      {row.problems.map((problem) => (
        <Text key={problem.column} size="sm">
          <strong>{t(`field.${problem.column}`)}:</strong> {problem.message} {problem.remedy}
        </Text>
      ))}
      {row.deeds.map((deed) => (
        <Text key={deed.kind} size="sm" className="cw-number" {...(deed.exists && { c: 'dimmed' })}>
          {t(deed.valueDate ? `deed.${deed.kind}On` : `deed.${deed.kind}`, {
            amount: formatAmount(deed.amount),
            day: deed.valueDate ? formatDayShort(deed.valueDate) : '',
            ref: deed.contractRef,
          })}{' '}
          {deed.exists && t('deed.exists')}
        </Text>
      ))}
    </Row>
  );
}

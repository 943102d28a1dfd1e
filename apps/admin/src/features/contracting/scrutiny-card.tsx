import { Anchor, Group, Text } from '@mantine/core';
import { Trans, useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ScrutinyState } from '~/generated/graphql';
import { formatAmount, formatDay, today } from '~/ui/format';
import { Row, Rows } from '~/ui/rows';
import { SectionCard } from '~/ui/section-card';
import { Tag, type Tone } from '~/ui/tag';
import { Figure } from './figure';
import { useMaySeeEntries } from './may-see-entries';
import classes from './scrutiny-card.module.css';
import type { ContractShown } from './use-contract';

type Dial = ContractShown['scrutiny'][number];

const TONES: Readonly<Record<ScrutinyState, Tone>> = {
  begins: 'plain',
  open: 'wait',
  paused: 'plain',
  ended: 'calm',
};

/** For each supporter, in plain words: what is owed, and when its oversight ends. */
export function ScrutinyCard({ contract }: { readonly contract: ContractShown }) {
  const { t } = useTranslation('obligations');
  const mayLook = useMaySeeEntries(contract);
  if (contract.state === 'draft') return null;
  return (
    <SectionCard title={t('dial.title')} hint={t('dial.hint')}>
      {contract.scrutiny.length === 0 ? (
        <Text>{t('dial.empty')}</Text>
      ) : (
        <Rows label={t('dial.title')}>
          {contract.scrutiny.map((dial) => (
            <Row key={dial.community.id}>
              <DialRow contract={contract} dial={dial} percent={settledPercent(contract, dial)} />
            </Row>
          ))}
        </Rows>
      )}
      {mayLook && (
        <Text mt="sm">
          <Anchor component={Link} to={`/contracts/${contract.ref}/entries`}>
            {t('dial.entries')}
          </Anchor>
        </Text>
      )}
    </SectionCard>
  );
}

interface DialRowProps {
  readonly contract: ContractShown;
  readonly dial: Dial;
  readonly percent: number;
}

function DialRow({ contract, dial, percent }: DialRowProps) {
  const { t } = useTranslation('obligations');
  const { community, nextDue, open } = dial;
  return (
    <div className={classes.dial}>
      <Ring percent={percent} label={t('dial.ring', { percent, community: community.name })} />
      <div>
        <Group gap="xs">
          <Text fw={600}>{community.name}</Text>
          <Tag tone={TONES[dial.state]}>{t(`dial.state.${dial.state}`)}</Tag>
        </Group>
        <Text className="cw-number">{dial.sentence}</Text>
        {dial.state === 'open' && (
          <Text size="sm" c="dimmed" className="cw-number">
            <Trans
              t={t}
              i18nKey="dial.owed"
              components={{
                amount: <Figure contract={contract} amount={open} figure="owed" supporter={community.slug} />,
              }}
            />{' '}
            {nextDue &&
              t(nextDue.dueOn < today() ? 'dial.overdue' : 'dial.next', {
                amount: formatAmount(nextDue.open),
                day: formatDay(nextDue.dueOn),
              })}
          </Text>
        )}
      </div>
    </div>
  );
}

/** How far the way is; the sentence beside it says the same in words. */
function Ring({ percent, label }: { readonly percent: number; readonly label: string }) {
  return (
    <svg viewBox="0 0 48 48" className={classes.ring} role="img" aria-label={label}>
      <circle cx="24" cy="24" r="20" className={classes.track} />
      {percent > 0 && (
        <circle
          cx="24"
          cy="24"
          r="20"
          pathLength={100}
          strokeDasharray={`${percent} 100`}
          transform="rotate(-90 24 24)"
          className={classes.part}
        />
      )}
      <text x="24" y="24" aria-hidden>
        {percent} %
      </text>
    </svg>
  );
}

/** Whole per cent of what came in that is repaid or forgiven; never 100 before oversight has ended. */
function settledPercent(contract: ContractShown, dial: Dial): number {
  if (dial.state === 'ended') return 100;
  const own = contract.pledges.filter(
    ({ community, state }) =>
      community.id === dial.community.id && state !== 'withdrawn' && state !== 'voided',
  );
  const sum = (read: (pledge: (typeof own)[number]) => bigint): bigint =>
    own.reduce((total, pledge) => total + read(pledge), 0n);
  const received = sum((pledge) => BigInt(pledge.received.amountMinor));
  if (received <= 0n) return 0;
  const owed = sum(({ obligation }) => BigInt(obligation.owed.amountMinor));
  return Number(((received - owed) * 100n) / received);
}

import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PledgeShown } from '~/features/contracting/use-contract';
import { formatDay, formatDecimal } from '~/ui/format';
import { Row, Rows } from '~/ui/rows';
import { Tag } from '~/ui/tag';
import { ReverseContributionDialog, type ContributionShown } from './contribution-dialogs';

/** What came of hours and goods, the oldest first; a correction stands beside what it corrects. */
export function ContributionList({ pledge }: { readonly pledge: PledgeShown }) {
  const { t } = useTranslation('instruments');
  const [wrong, setWrong] = useState<ContributionShown | null>(null);
  const mayReverse = pledge.viewerCan.includes('reverseContribution');
  if (pledge.contributions.length === 0) return <Text size="sm">{t('came.none')}</Text>;
  return (
    <>
      <Rows label={t('came.title', { community: pledge.community.name })}>
        {pledge.contributions.map((each) => {
          const what = t(`came.${each.isWork ? 'work' : each.kind}`, {
            quantity: formatDecimal(each.quantity),
            unit: pledge.unit,
            name: pledge.item,
          });
          const isMistake = !each.isWork && (each.kind === 'received' || each.kind === 'returned');
          return (
            <Row
              key={each.id}
              end={
                mayReverse &&
                isMistake &&
                !each.isReversed && (
                  <Button
                    variant="subtle"
                    color="brick"
                    size="sm"
                    mih={44}
                    aria-label={t('came.reverseLabel', { what, day: formatDay(each.happenedOn) })}
                    onClick={() => setWrong(each)}
                  >
                    {t('came.reverse')}
                  </Button>
                )
              }
            >
              <Group gap="xs">
                <Text size="sm" className="cw-number">
                  {what}
                </Text>
                {each.isWork && <Tag>{t('came.fromWork')}</Tag>}
                {each.isReversed && <Tag>{t('came.takenBack')}</Tag>}
              </Group>
              <Text size="sm" c="dimmed" className="cw-number">
                {formatDay(each.happenedOn)}
              </Text>
              {each.reason && (
                <Text size="sm" c="dimmed">
                  {each.reason}
                </Text>
              )}
            </Row>
          );
        })}
      </Rows>
      {wrong && <ReverseContributionDialog pledge={pledge} mistake={wrong} close={() => setWrong(null)} />}
    </>
  );
}

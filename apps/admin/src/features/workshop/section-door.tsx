import { IconListCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FablabSectionsQuery } from '~/generated/graphql';
import { DoorCard } from '~/ui/door-card';

type SectionSummary = FablabSectionsQuery['fablabSections'][number];

/** A section's board, with what is going on there. */
export function SectionDoor({
  section,
  fablab = false,
}: {
  readonly section: SectionSummary;
  readonly fablab?: boolean;
}) {
  const { t } = useTranslation('workshop');
  const { counts } = section;
  const busy = counts.claimed + counts.running + counts.paused;
  return (
    <DoorCard
      icon={IconListCheck}
      to={`/workshop/${section.fablab.slug}/${section.slug}`}
      title={fablab ? `${section.name} · ${section.fablab.name}` : section.name}
      hint={t('boards.counts', {
        ready: counts.ready,
        busy,
        waiting: counts.waiting,
        done: counts.doneToday,
      })}
    />
  );
}

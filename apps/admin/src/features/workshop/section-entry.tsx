import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SetUpQuery } from '~/generated/graphql';
import { formatAmount, formatList } from '~/ui/format';
import { LinkButton } from '~/ui/link-button';
import { Row, Rows } from '~/ui/rows';
import { SectionCard } from '~/ui/section-card';
import { MachineDialog, type MachineShown } from './machine-dialog';
import { MachineTag } from './machine-tag';
import { SectionDialog } from './section-dialog';
import { WorkCentreDialog, type WorkCentreShown } from './work-centre-dialog';

interface SectionEntryProps {
  readonly section: SetUpQuery['fablabSections'][number];
  readonly fablab: string;
  readonly fablabId: string;
  readonly mayWrite: boolean;
}

/** What is being edited: the section, a work centre (null: a new one), a machine of one (null: a new one). */
type Editing =
  | { readonly what: 'section' }
  | { readonly what: 'centre'; readonly centre: WorkCentreShown | null }
  | { readonly what: 'machine'; readonly centre: WorkCentreShown; readonly machine: MachineShown | null };

/** A section with its work centres and their machines. */
export function SectionEntry({ section, fablab, fablabId, mayWrite }: SectionEntryProps) {
  const { t } = useTranslation(['workshop', 'machines']);
  const [editing, setEditing] = useState<Editing | null>(null);
  const shown = { opened: true, close: () => setEditing(null) };
  const { coordinator } = section;
  return (
    <SectionCard
      title={section.name}
      hint={coordinator && t('section.lookedAfter', { ns: 'machines', name: coordinator.displayName })}
      action={
        <Group gap="xs">
          {mayWrite && (
            <Button
              variant="default"
              size="sm"
              mih={44}
              onClick={() => setEditing({ what: 'section' })}
              aria-label={t('section.changeOf', { ns: 'machines', name: section.name })}
            >
              {t('section.change', { ns: 'machines' })}
            </Button>
          )}
          <LinkButton to={`/workshop/${fablab}/${section.slug}`} variant="default" size="sm" h={44}>
            {t('setUp.board')}
          </LinkButton>
        </Group>
      }
    >
      {section.workCentres.length === 0 ? (
        <Text c="dimmed">{t('setUp.noWorkCentre')}</Text>
      ) : (
        <Rows label={t('setUp.workCentres')}>
          {section.workCentres.map((centre) => (
            <WorkCentreRow key={centre.id} centre={centre} edit={mayWrite ? setEditing : null} />
          ))}
        </Rows>
      )}
      {mayWrite && (
        <Button
          variant="light"
          mt="md"
          onClick={() => setEditing({ what: 'centre', centre: null })}
          aria-label={t('setUp.newWorkCentreIn', { section: section.name })}
        >
          {t('setUp.newWorkCentre')}
        </Button>
      )}
      {editing?.what === 'section' && <SectionDialog fablab={fablab} section={section} {...shown} />}
      {editing?.what === 'centre' && (
        <WorkCentreDialog section={section} fablabId={fablabId} centre={editing.centre} {...shown} />
      )}
      {editing?.what === 'machine' && (
        <MachineDialog workCentre={editing.centre} machine={editing.machine} {...shown} />
      )}
    </SectionCard>
  );
}

interface WorkCentreRowProps {
  readonly centre: WorkCentreShown;
  readonly edit: ((editing: Editing) => void) | null;
}

function WorkCentreRow({ centre, edit }: WorkCentreRowProps) {
  const { t } = useTranslation(['workshop', 'machines']);
  const facts = [
    t('setUp.capacity', { count: centre.capacity }),
    centre.requiredQualifications.length === 0
      ? t('setUp.needsNothing')
      : t('setUp.needs', {
          qualifications: formatList(centre.requiredQualifications.map((each) => each.name)),
        }),
    centre.hourlyCost && t('centre.costs', { ns: 'machines', amount: formatAmount(centre.hourlyCost) }),
    centre.calendar && t('centre.opened', { ns: 'machines', name: centre.calendar.name }),
  ].filter((each) => typeof each === 'string');
  return (
    <Row
      end={
        edit && (
          <Group gap="xs">
            <Button
              variant="default"
              size="sm"
              mih={44}
              onClick={() => edit({ what: 'centre', centre })}
              aria-label={t('centre.changeOf', { ns: 'machines', name: centre.name })}
            >
              {t('centre.change', { ns: 'machines' })}
            </Button>
            <Button
              variant="default"
              size="sm"
              mih={44}
              onClick={() => edit({ what: 'machine', centre, machine: null })}
              aria-label={t('list.addTo', { ns: 'machines', name: centre.name })}
            >
              {t('list.add', { ns: 'machines' })}
            </Button>
          </Group>
        )
      }
    >
      <Text fw={600}>{centre.name}</Text>
      <Text size="sm" c="dimmed">
        {facts.join(', ')}
      </Text>
      <Stack gap={4} mt="xs">
        {centre.machines.map((machine) => (
          <Group key={machine.id} gap="xs">
            <Anchor component={Link} to={`/m/${machine.code}`}>
              {machine.name}
            </Anchor>
            <MachineTag state={machine.state} />
            {edit && (
              <Button
                variant="subtle"
                size="sm"
                mih={44}
                onClick={() => edit({ what: 'machine', centre, machine })}
                aria-label={t('list.changeOf', { ns: 'machines', name: machine.name })}
              >
                {t('list.change', { ns: 'machines' })}
              </Button>
            )}
          </Group>
        ))}
      </Stack>
    </Row>
  );
}

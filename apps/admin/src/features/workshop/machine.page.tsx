import { useQuery } from '@apollo/client/react';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useParams } from 'react-router';
import { useOnReturn } from '~/app/live';
import { NotFoundPage } from '~/app/not-found.page';
import { hasRole, useViewer } from '~/features/identity/use-viewer';
import type { MachineQuery } from '~/generated/graphql';
import { Facts } from '~/ui/facts';
import { formatDay, formatMoment } from '~/ui/format';
import { LinkButton } from '~/ui/link-button';
import { Loaded, PageSkeleton } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { Row, Rows } from '~/ui/rows';
import { SectionCard } from '~/ui/section-card';
import { MachineDeedDialog, type MachineDeed } from './machine-deed-dialog';
import { MACHINE, SECTION_BY_CODE } from './machine-operations';
import { MachineTag } from './machine-tag';

type Machine = NonNullable<MachineQuery['machineByCode']>;

/** Where the label on a machine leads: its state, and what somebody who stands before it can do. */
export function MachinePage() {
  const { code = '' } = useParams();
  const query = useQuery(MACHINE, { variables: { code } });
  useOnReturn(() => void query.refetch());
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {({ machineByCode }) => (machineByCode ? <MachineView machine={machineByCode} /> : <NotFoundPage />)}
    </Loaded>
  );
}

function MachineView({ machine }: { readonly machine: Machine }) {
  const { t } = useTranslation('machines');
  const viewer = useViewer();
  const [deed, setDeed] = useState<MachineDeed | null>(null);
  const { section } = machine.workCentre;
  const { fablab } = section;
  const mayRepair = hasRole(viewer, fablab.id, 'maker', 'coordinator');
  return (
    <Page
      title={machine.name}
      kicker={`${machine.workCentre.name}, ${section.name}`}
      crumbs={[
        { label: fablab.name, to: `/communities/${fablab.slug}` },
        { label: section.name, to: `/workshop/${fablab.slug}/${section.slug}` },
      ]}
    >
      <Stack gap="lg">
        <SectionCard title={t('state.title')}>
          <Stack>
            <Group gap="sm">
              <MachineTag state={machine.state} />
              <Text c="dimmed">{t('state.since', { moment: formatMoment(machine.stateSince) })}</Text>
            </Group>
            {machine.stateReason !== null && <Text>{machine.stateReason}</Text>}
            <Group gap="sm">
              {machine.state !== 'down' && (
                <Button size="lg" mih={60} color="brick" onClick={() => setDeed('report')}>
                  {t('report.button')}
                </Button>
              )}
              {machine.state !== 'up' && mayRepair && (
                <Button size="lg" mih={60} onClick={() => setDeed('repair')}>
                  {t('repair.button')}
                </Button>
              )}
              {machine.state !== 'maintenance' && mayRepair && (
                <Button size="lg" mih={60} variant="default" onClick={() => setDeed('maintain')}>
                  {t('maintain.button')}
                </Button>
              )}
              <LinkButton to={`/workshop/${fablab.slug}/${section.slug}`} variant="default" size="lg" h={60}>
                {t('toBoard')}
              </LinkButton>
            </Group>
            {machine.state === 'down' && !mayRepair && <Text c="dimmed">{t('state.whoRepairs')}</Text>}
          </Stack>
        </SectionCard>
        <SectionCard title={t('facts.title')}>
          <Facts
            rows={[
              [
                t('facts.inspected'),
                machine.inspectedOn ? formatDay(machine.inspectedOn) : t('facts.unknown'),
              ],
              [
                t('facts.due'),
                machine.inspectionDueOn ? formatDay(machine.inspectionDueOn) : t('facts.unknown'),
              ],
              [t('facts.code'), machine.code],
            ]}
          />
        </SectionCard>
        <SectionCard title={t('history.title')}>
          {machine.history.length === 0 ? (
            <Text c="dimmed">{t('history.none')}</Text>
          ) : (
            <Rows>
              {machine.history.map((event) => (
                <Row key={event.id} end={<MachineTag state={event.toState} />}>
                  <Text>{event.reason ?? t('history.noWords')}</Text>
                  <Text size="sm" c="dimmed">
                    {event.person.displayName}, {formatMoment(event.happenedAt)}
                  </Text>
                </Row>
              ))}
            </Rows>
          )}
        </SectionCard>
      </Stack>
      {deed && (
        <MachineDeedDialog key={deed} deed={deed} machine={machine} opened close={() => setDeed(null)} />
      )}
    </Page>
  );
}

/** Where the label of a section leads: its board. */
export function SectionLabelPage() {
  const { code = '' } = useParams();
  const query = useQuery(SECTION_BY_CODE, { variables: { code } });
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {({ sectionByCode: section }) =>
        section ? (
          <Navigate to={`/workshop/${section.fablab.slug}/${section.slug}`} replace />
        ) : (
          <NotFoundPage />
        )
      }
    </Loaded>
  );
}

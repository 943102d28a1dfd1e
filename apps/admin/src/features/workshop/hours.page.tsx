import { useQuery } from '@apollo/client/react';
import { Autocomplete, Button, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { NotFoundPage } from '~/app/not-found.page';
import { COMMUNITY } from '~/features/identity/operations';
import { hasRole, useViewer } from '~/features/identity/use-viewer';
import type { HoursQuery } from '~/generated/graphql';
import { FormFailure } from '~/ui/form-parts';
import { formatList } from '~/ui/format';
import { Loaded, PageSkeleton } from '~/ui/loaded';
import { Page } from '~/ui/page';
import { Row, Rows } from '~/ui/rows';
import { SectionCard } from '~/ui/section-card';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { focusFirstError, showProblems } from '~/ui/validation';
import { CalendarDialog, type CalendarShown } from './calendar-dialog';
import { HOURS, SAVE_SETTING } from './hours-operations';

/** By which clock a fablab lives, and when it is open. */
export function HoursPage() {
  const { t } = useTranslation('machines');
  const { slug = '' } = useParams();
  const viewer = useViewer();
  const query = useQuery(COMMUNITY, { variables: { slug } });
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {({ community }) =>
        community ? (
          <Page
            title={t('hours.title')}
            kicker={community.name}
            lead={t('hours.lead')}
            crumbs={[{ label: community.name, to: `/communities/${slug}` }]}
          >
            <HoursView fablabId={community.id} mayWrite={hasRole(viewer, community.id, 'coordinator')} />
          </Page>
        ) : (
          <NotFoundPage />
        )
      }
    </Loaded>
  );
}

interface HoursViewProps {
  readonly fablabId: string;
  readonly mayWrite: boolean;
}

function HoursView({ fablabId, mayWrite }: HoursViewProps) {
  const { t } = useTranslation('machines');
  const query = useQuery(HOURS, { variables: { fablabId } });
  const [editing, setEditing] = useState<CalendarShown | 'new' | null>(null);
  return (
    <Loaded query={query}>
      {({ workshopSetting, calendars }) => (
        <Stack gap="lg">
          <SectionCard title={t('hours.calendars')}>
            <Stack>
              {calendars.length === 0 && <Text c="dimmed">{t('hours.none')}</Text>}
              <Rows>
                {calendars.map((calendar) => (
                  <Row
                    key={calendar.id}
                    end={
                      mayWrite && (
                        <Button
                          variant="default"
                          size="sm"
                          mih={44}
                          onClick={() => setEditing(calendar)}
                          aria-label={t('hours.change', { name: calendar.name })}
                        >
                          {t('list.change')}
                        </Button>
                      )
                    }
                  >
                    <Text fw={600}>{calendar.name}</Text>
                    <Text size="sm" c="dimmed">
                      <NextOpenings calendar={calendar} timeZone={workshopSetting.timeZone} />
                    </Text>
                  </Row>
                ))}
              </Rows>
              {mayWrite && (
                <Button variant="light" style={{ alignSelf: 'flex-start' }} onClick={() => setEditing('new')}>
                  {t('hours.new')}
                </Button>
              )}
            </Stack>
          </SectionCard>
          {mayWrite && (
            <SettingCard
              key={`${workshopSetting.timeZone} ${workshopSetting.currency}`}
              fablabId={fablabId}
              setting={workshopSetting}
            />
          )}
          {editing && (
            <CalendarDialog
              key={editing === 'new' ? 'new' : editing.id}
              fablabId={fablabId}
              calendar={editing === 'new' ? null : editing}
              opened
              close={() => setEditing(null)}
            />
          )}
        </Stack>
      )}
    </Loaded>
  );
}

const SHOWN_MAX = 3;

/** What the calendar means in the days ahead, on the fablab's wall. */
function NextOpenings({
  calendar,
  timeZone,
}: {
  readonly calendar: CalendarShown;
  readonly timeZone: string;
}) {
  const { t, i18n } = useTranslation('machines');
  const format = new Intl.DateTimeFormat(i18n.language, {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const next = calendar.opening
    .slice(0, SHOWN_MAX)
    .map(({ start, end }) => format.formatRange(new Date(start), new Date(end)));
  return next.length === 0 ? t('hours.never') : t('hours.next', { list: formatList(next) });
}

function SettingCard({
  fablabId,
  setting,
}: {
  readonly fablabId: string;
  readonly setting: HoursQuery['workshopSetting'];
}) {
  const { t } = useTranslation('machines');
  const form = useForm({ initialValues: { timeZone: setting.timeZone, currency: setting.currency } });
  const save = useIntent(SAVE_SETTING, {
    keyed: false,
    refetch: ['Hours'],
    done: () => toastDone(t('hours.settingDone')),
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  return (
    <SectionCard title={t('hours.setting')}>
      <form
        noValidate
        onSubmit={form.onSubmit((values) => void save.run({ fablabId, ...values }), focusFirstError)}
      >
        <Stack>
          <FormFailure failure={save.failure} />
          <Autocomplete
            label={t('hours.timeZone')}
            data={Intl.supportedValuesOf('timeZone')}
            limit={20}
            {...form.getInputProps('timeZone')}
          />
          <TextInput label={t('hours.currency')} maxLength={3} {...form.getInputProps('currency')} />
          <Button type="submit" loading={save.busy} style={{ alignSelf: 'flex-start' }}>
            {t('hours.save')}
          </Button>
        </Stack>
      </form>
    </SectionCard>
  );
}

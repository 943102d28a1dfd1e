import { useQuery } from '@apollo/client/react';
import { Button, Checkbox, Group, NativeSelect, Stack, Text, Textarea, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MEMBERS } from '~/features/identity/operations';
import { useViewer } from '~/features/identity/use-viewer';
import type { PeopleQuery } from '~/generated/graphql';
import { Dialog, type DialogProps } from '~/ui/dialog';
import { DayInput, FormFailure } from '~/ui/form-parts';
import { formatDay } from '~/ui/format';
import { Loaded } from '~/ui/loaded';
import { SectionCard } from '~/ui/section-card';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { CANCEL_STAY, CREATE_STAY, PEOPLE, SAVE_ONBOARDING, TICK_ONBOARDING } from './people-operations';

interface StaysCardProps {
  readonly slug: string;
  readonly fablabId: string;
  readonly mayWrite: boolean;
}

type Stay = PeopleQuery['stays'][number];

/** Who visits when, and what has been gone through with them. */
export function StaysCard({ slug, fablabId, mayWrite }: StaysCardProps) {
  const { t } = useTranslation('people');
  const query = useQuery(PEOPLE, { variables: { fablabId } });
  const [adding, setAdding] = useState(false);
  const [editingList, setEditingList] = useState(false);
  return (
    <SectionCard title={t('stays.title')} hint={t('stays.hint')}>
      <Loaded query={query}>
        {({ stays, onboarding }) => (
          <Stack gap="lg">
            {stays.length === 0 && <Text c="dimmed">{t('stays.none')}</Text>}
            {stays.map((stay) => (
              <StayEntry key={stay.id} stay={stay} mayWrite={mayWrite} />
            ))}
            {mayWrite && (
              <Group>
                <Button variant="light" onClick={() => setAdding(true)}>
                  {t('stays.add')}
                </Button>
                <Button variant="default" onClick={() => setEditingList(true)}>
                  {t('onboarding.edit')}
                </Button>
              </Group>
            )}
            {adding && <StayDialog slug={slug} fablabId={fablabId} opened close={() => setAdding(false)} />}
            {editingList && (
              <OnboardingDialog
                fablabId={fablabId}
                items={onboarding}
                opened
                close={() => setEditingList(false)}
              />
            )}
          </Stack>
        )}
      </Loaded>
    </SectionCard>
  );
}

function StayEntry({ stay, mayWrite }: { readonly stay: Stay; readonly mayWrite: boolean }) {
  const { t } = useTranslation('people');
  const viewer = useViewer();
  const tick = useIntent(TICK_ONBOARDING, { keyed: false });
  const cancel = useIntent(CANCEL_STAY, {
    keyed: false,
    refetch: ['People'],
    done: () => toastDone(t('stays.cancelled', { name: stay.person.displayName })),
  });
  const mayTick = mayWrite || viewer?.id === stay.host.id;
  return (
    <div>
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={3}>{stay.person.displayName}</Title>
          <Text c="dimmed">
            {t('stays.days', { from: formatDay(stay.fromDay), to: formatDay(stay.toDay) })},{' '}
            {t('stays.host', { name: stay.host.displayName })}
          </Text>
          {stay.skills !== null && <Text>{stay.skills}</Text>}
        </div>
        {mayWrite && (
          <Button
            variant="default"
            size="sm"
            mih={44}
            loading={cancel.busy}
            onClick={() => void cancel.run({ stayId: stay.id })}
            aria-label={t('stays.cancelOf', { name: stay.person.displayName })}
          >
            {t('stays.cancel')}
          </Button>
        )}
      </Group>
      <Stack gap="xs" mt="sm">
        {stay.onboarding.map((item) => (
          <Checkbox
            key={item.position}
            label={item.text}
            checked={item.tickedAt !== null}
            disabled={!mayTick || tick.busy}
            onChange={(event) =>
              void tick.run({
                stayId: stay.id,
                position: item.position,
                done: event.currentTarget.checked,
              })
            }
          />
        ))}
      </Stack>
    </div>
  );
}

function StayDialog({ slug, fablabId, opened, close }: DialogProps & { slug: string; fablabId: string }) {
  const { t } = useTranslation('people');
  const { data } = useQuery(MEMBERS, { variables: { slug } });
  const members = data?.community?.members ?? [];
  const form = useForm({
    initialValues: { personId: '', hostId: '', fromDay: '', toDay: '', skills: '' },
    validate: checkedBy((check, values) => {
      if (values.personId === '') check.refuse('personId', t('stays.whoProblem'));
      if (values.hostId === '') check.refuse('hostId', t('stays.hostProblem'));
      check.day('fromDay', values.fromDay, t('stays.fromName'));
      check.day('toDay', values.toDay, t('stays.toName'));
    }),
  });
  const create = useIntent(CREATE_STAY, {
    keyed: false,
    refetch: ['People'],
    done: ({ createStay }) => {
      toastDone(t('stays.done', { name: createStay.person.displayName }));
      close();
    },
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  const choice = (list: typeof members) => [
    { value: '', label: t('choose') },
    ...list.map(({ person }) => ({ value: person.id, label: person.displayName })),
  ];
  return (
    <Dialog opened={opened} close={close} title={t('stays.add')}>
      <form
        noValidate
        onSubmit={form.onSubmit((values) => void create.run({ fablabId, ...values }), focusFirstError)}
      >
        <Stack>
          <FormFailure failure={create.failure} />
          <NativeSelect
            label={t('stays.who')}
            description={t('stays.whoHint')}
            data={choice(members.filter((each) => each.roles.includes('maker')))}
            {...form.getInputProps('personId')}
          />
          <NativeSelect
            label={t('stays.hostLabel')}
            data={choice(members)}
            {...form.getInputProps('hostId')}
          />
          <DayInput label={t('stays.from')} {...form.getInputProps('fromDay')} />
          <DayInput label={t('stays.to')} {...form.getInputProps('toDay')} />
          <Textarea label={t('stays.skills')} autosize minRows={2} {...form.getInputProps('skills')} />
          <Button type="submit" loading={create.busy}>
            {t('stays.save')}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}

function OnboardingDialog({
  fablabId,
  items,
  opened,
  close,
}: DialogProps & { readonly fablabId: string; readonly items: readonly string[] }) {
  const { t } = useTranslation('people');
  const [text, setText] = useState(items.join('\n'));
  const save = useIntent(SAVE_ONBOARDING, {
    keyed: false,
    refetch: ['People'],
    done: () => {
      toastDone(t('onboarding.done'));
      close();
    },
    refused: () => true,
  });
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return (
    <Dialog opened={opened} close={close} title={t('onboarding.edit')}>
      <FormFailure failure={save.failure} />
      <Textarea
        label={t('onboarding.lines')}
        description={t('onboarding.hint')}
        autosize
        minRows={4}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button loading={save.busy} onClick={() => void save.run({ fablabId, items: lines })}>
        {t('onboarding.save')}
      </Button>
    </Dialog>
  );
}

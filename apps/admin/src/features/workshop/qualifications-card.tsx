import { useQuery } from '@apollo/client/react';
import { Button, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconCertificate } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LIMITS } from '#kernel';
import type { QualificationKind } from '~/generated/graphql';
import { EmptyState } from '~/ui/empty-state';
import { FormFailure } from '~/ui/form-parts';
import { Loaded } from '~/ui/loaded';
import { Row, Rows } from '~/ui/rows';
import { SectionCard } from '~/ui/section-card';
import { Tag } from '~/ui/tag';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { CREATE_QUALIFICATION, QUALIFICATIONS } from './set-up-operations';

interface QualificationsCardProps {
  readonly fablabId: string;
  readonly mayWrite: boolean;
}

const KINDS = ['safety', 'competency', 'optional'] as const satisfies readonly QualificationKind[];

export function QualificationsCard({ fablabId, mayWrite }: QualificationsCardProps) {
  const { t } = useTranslation('workshop');
  const query = useQuery(QUALIFICATIONS, { variables: { fablabId } });
  return (
    <SectionCard title={t('setUp.qualifications')}>
      <Stack gap="lg">
        <Loaded query={query}>
          {({ qualifications }) =>
            qualifications.length === 0 ? (
              <EmptyState icon={IconCertificate} title={t('setUp.noQualificationTitle')} order={3}>
                {t('setUp.noQualification')}
              </EmptyState>
            ) : (
              <Rows>
                {qualifications.map((each) => (
                  <Row
                    key={each.id}
                    end={
                      <Tag tone={each.kind === 'safety' ? 'wait' : 'plain'}>
                        {t(`setUp.kindName.${each.kind}`)}
                      </Tag>
                    }
                  >
                    <Text fw={600}>{each.name}</Text>
                  </Row>
                ))}
              </Rows>
            )
          }
        </Loaded>
        {mayWrite && <NewQualification fablabId={fablabId} />}
      </Stack>
    </SectionCard>
  );
}

function NewQualification({ fablabId }: { readonly fablabId: string }) {
  const { t } = useTranslation('workshop');
  const form = useForm<{ name: string; kind: QualificationKind }>({
    initialValues: { name: '', kind: 'safety' },
    validate: checkedBy((check, values) => {
      check.text('name', values.name, { max: LIMITS.nameCharsMax, name: t('setUp.sectionNameName') });
    }),
  });
  const create = useIntent(CREATE_QUALIFICATION, {
    keyed: false,
    refetch: ['Qualifications'],
    done: ({ createQualification: qualification }) => {
      toastDone(t('setUp.qualificationDone', { name: qualification.name }));
      form.reset();
    },
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) => void create.run({ fablabId, ...values }), focusFirstError)}
    >
      <Stack>
        <Title order={3}>{t('setUp.newQualification')}</Title>
        <FormFailure failure={create.failure} />
        <TextInput label={t('setUp.qualificationName')} {...form.getInputProps('name')} />
        <NativeSelect
          label={t('setUp.kind')}
          data={KINDS.map((kind) => ({ value: kind, label: t(`setUp.kindName.${kind}`) }))}
          {...form.getInputProps('kind')}
        />
        <Button type="submit" variant="light" loading={create.busy} style={{ alignSelf: 'flex-start' }}>
          {t('setUp.addQualification')}
        </Button>
      </Stack>
    </form>
  );
}

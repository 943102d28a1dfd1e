import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LIMITS, type InputCheck } from '#kernel';
import { i18next } from '~/app/i18n';

/** A reason that stands in the public history. */
export function ReasonInput(props: object) {
  const { t } = useTranslation('obligations');
  return <Textarea label={t('reason.label')} description={t('reason.hint')} {...props} />;
}

export function checkReason(check: InputCheck, reason: string): void {
  check.text('reason', reason, {
    max: LIMITS.noteCharsMax,
    name: i18next.t('reason.name', { ns: 'obligations' }),
  });
}

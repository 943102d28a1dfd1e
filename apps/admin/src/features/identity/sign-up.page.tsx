import { Anchor, Button, Card, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router';
import { LIMITS } from '#kernel';
import { changePerson } from '~/app/apollo';
import { FormFailure } from '~/ui/form-parts';
import { Page } from '~/ui/page';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import { checkedBy, focusFirstError, showProblems } from '~/ui/validation';
import { useNext } from './next';
import { SIGN_UP } from './operations';
import { useViewer } from './use-viewer';

export function SignUpPage() {
  const { t } = useTranslation('identity');
  const viewer = useViewer();
  const next = useNext();
  const form = useForm({
    initialValues: { displayName: '', email: '', password: '' },
    validate: checkedBy((check, values) => {
      check.text('displayName', values.displayName, {
        max: LIMITS.nameCharsMax,
        name: t('field.displayName'),
      });
      check.text('email', values.email, { max: LIMITS.emailCharsMax, name: t('field.email') });
      const { passwordCharsMin: min, passwordCharsMax: max } = LIMITS;
      check.text('password', values.password, { min, max, name: t('field.password') });
    }),
  });
  const signUp = useIntent(SIGN_UP, {
    keyed: false,
    done: async ({ signUp: person }) => {
      await changePerson();
      toastDone(t('signUp.done', { name: person.displayName }));
    },
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  if (viewer) return <Navigate to={next} replace />;
  return (
    <Page title={t('signUp.title')} lead={t('signUp.lead')} width="narrow">
      <Stack gap="lg">
        <Card>
          <form noValidate onSubmit={form.onSubmit((values) => void signUp.run(values), focusFirstError)}>
            <Stack>
              <FormFailure failure={signUp.failure} />
              <TextInput
                label={t('field.displayNameLabel')}
                description={t('field.displayNameHint')}
                autoComplete="name"
                {...form.getInputProps('displayName')}
              />
              <TextInput
                label={t('field.emailLabel')}
                type="email"
                autoComplete="username"
                {...form.getInputProps('email')}
              />
              <PasswordInput
                label={t('field.passwordLabel')}
                description={t('field.passwordHint', { count: LIMITS.passwordCharsMin })}
                autoComplete="new-password"
                {...form.getInputProps('password')}
              />
              <Button type="submit" loading={signUp.busy}>
                {t('signUp.submit')}
              </Button>
            </Stack>
          </form>
        </Card>
        <Text ta="center">
          {t('signUp.haveAccount')}{' '}
          <Anchor component={Link} to={`/sign-in?next=${encodeURIComponent(next)}`}>
            {t('signUp.toSignIn')}
          </Anchor>
        </Text>
      </Stack>
    </Page>
  );
}

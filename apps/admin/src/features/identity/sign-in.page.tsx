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
import { DemoPeople } from './demo-people';
import { useNext } from './next';
import { SIGN_IN } from './operations';
import { useViewer } from './use-viewer';

export function SignInPage() {
  const { t } = useTranslation('identity');
  const viewer = useViewer();
  const next = useNext();
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: checkedBy((check, values) => {
      check.text('email', values.email, { max: LIMITS.emailCharsMax, name: t('field.email') });
      check.text('password', values.password, { max: LIMITS.passwordCharsMax, name: t('field.password') });
    }),
  });
  const signIn = useIntent(SIGN_IN, {
    keyed: false,
    done: async ({ signIn: person }) => {
      await changePerson();
      toastDone(t('signIn.done', { name: person.displayName }));
    },
    refused: (failure) => {
      showProblems(form, failure);
      return true;
    },
  });
  if (viewer) return <Navigate to={next} replace />;
  return (
    <Page title={t('signIn.title')} lead={t('signIn.lead')} width="narrow">
      <Stack gap="lg">
        <DemoPeople />
        <Card>
          <form noValidate onSubmit={form.onSubmit((values) => void signIn.run(values), focusFirstError)}>
            <Stack>
              <FormFailure failure={signIn.failure} />
              <TextInput
                label={t('field.emailLabel')}
                type="email"
                autoComplete="username"
                inputMode="email"
                {...form.getInputProps('email')}
              />
              <PasswordInput
                label={t('field.passwordLabel')}
                autoComplete="current-password"
                {...form.getInputProps('password')}
              />
              <Button type="submit" loading={signIn.busy}>
                {t('signIn.submit')}
              </Button>
            </Stack>
          </form>
        </Card>
        <Text ta="center">
          {t('signIn.noAccount')}{' '}
          <Anchor component={Link} to={`/sign-up?next=${encodeURIComponent(next)}`}>
            {t('signIn.toSignUp')}
          </Anchor>
        </Text>
      </Stack>
    </Page>
  );
}

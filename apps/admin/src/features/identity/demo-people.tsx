import { useQuery } from '@apollo/client/react';
import { Card, SimpleGrid, Text, Title, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { changePerson } from '~/app/apollo';
import { toastDone } from '~/ui/toast';
import { useIntent } from '~/ui/use-intent';
import classes from './demo-people.module.css';
import { DEMO_PEOPLE, SIGN_IN_AS_DEMO_PERSON } from './operations';

/** One press signs in as somebody of the demo story. Nothing outside of demo mode. */
export function DemoPeople() {
  const { t } = useTranslation('identity');
  const { data } = useQuery(DEMO_PEOPLE);
  const signIn = useIntent(SIGN_IN_AS_DEMO_PERSON, {
    keyed: false,
    done: async ({ signInAsDemoPerson: person }) => {
      await changePerson();
      toastDone(t('signIn.done', { name: person.displayName }));
    },
  });
  const people = data?.demoPeople ?? [];
  if (people.length === 0) return null;
  return (
    <Card component="section" aria-labelledby="demo-people">
      <Title order={2} id="demo-people">
        {t('demo.title')}
      </Title>
      <Text c="dimmed" size="sm" mb="sm">
        {t('demo.hint')}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        {people.map((person) => (
          <UnstyledButton
            key={person.id}
            className={classes.person}
            disabled={signIn.busy}
            onClick={() => void signIn.run({ personId: person.id })}
          >
            <span className={classes.initial} aria-hidden>
              {person.displayName.charAt(0)}
            </span>
            <span className={classes.text}>
              <span className={classes.name}>{person.displayName}</span>
              <span className={classes.role}>
                {person.role} · {person.communityName}
              </span>
            </span>
          </UnstyledButton>
        ))}
      </SimpleGrid>
    </Card>
  );
}

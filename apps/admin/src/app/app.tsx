import { ApolloProvider } from '@apollo/client/react';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { StrictMode } from 'react';
import { useTranslation } from 'react-i18next';
import { RouterProvider } from 'react-router/dom';
import { apollo } from './apollo';
import { router } from './router';
import { theme, variables } from './theme';

const colorSchemes = localStorageColorSchemeManager({ key: 'commonwright-color-scheme' });

export function App() {
  const { t } = useTranslation();
  return (
    <StrictMode>
      <ApolloProvider client={apollo}>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={variables}
          colorSchemeManager={colorSchemes}
          defaultColorScheme="auto"
        >
          <Notifications position="top-center" limit={3} role="region" aria-label={t('messages')} />
          <RouterProvider router={router} />
        </MantineProvider>
      </ApolloProvider>
    </StrictMode>
  );
}

import { ApolloProvider } from '@apollo/client/react';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { StrictMode } from 'react';
import { RouterProvider } from 'react-router/dom';
import { apollo } from './apollo';
import { router } from './router';
import { theme, variables } from './theme';

const colorSchemes = localStorageColorSchemeManager({ key: 'commonwright-color-scheme' });

export function App() {
  return (
    <StrictMode>
      <ApolloProvider client={apollo}>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={variables}
          colorSchemeManager={colorSchemes}
          defaultColorScheme="auto"
        >
          <Notifications position="top-center" limit={3} />
          <RouterProvider router={router} />
        </MantineProvider>
      </ApolloProvider>
    </StrictMode>
  );
}

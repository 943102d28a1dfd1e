import { Anchor, Box, Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './page.module.css';

export interface Crumb {
  readonly label: string;
  readonly to: string;
}

interface PageProps {
  readonly title: string;
  /** Stands before the title, small: a reference number, a place. */
  readonly kicker?: ReactNode;
  readonly lead?: ReactNode;
  readonly crumbs?: readonly Crumb[];
  readonly actions?: ReactNode;
  /** `wide` for boards and editors; `narrow` for forms. */
  readonly width?: 'narrow' | 'normal' | 'wide';
  readonly children: ReactNode;
}

let firstPage = true;

/** Every page: its title in the tab and as the one h1, the way back, what can be done, and the content. */
export function Page({ title, kicker, lead, crumbs, actions, width = 'normal', children }: PageProps) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${t('appName')}`;
  }, [title, t]);
  useEffect(() => {
    // After a navigation inside the app, readers of the screen hear the new page's name; a fresh load reads it anyway.
    if (!firstPage && (document.activeElement === document.body || document.activeElement === null))
      heading.current?.focus();
    firstPage = false;
  }, []);
  return (
    <Box className={classes.page} data-width={width}>
      {crumbs && crumbs.length > 0 && (
        <nav aria-label={t('breadcrumbs')}>
          <ol className={classes.crumbs}>
            {crumbs.map((crumb) => (
              <li key={crumb.to}>
                <Anchor component={Link} to={crumb.to} size="sm">
                  {crumb.label}
                </Anchor>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <Group justify="space-between" align="flex-end" gap="md" mb="lg">
        <Stack gap={4} className={classes.heading}>
          {kicker && (
            <Text component="div" size="sm" c="dimmed">
              {kicker}
            </Text>
          )}
          <Title order={1} ref={heading} tabIndex={-1}>
            {title}
          </Title>
          {lead && (
            <Text component="div" c="dimmed" maw="46rem">
              {lead}
            </Text>
          )}
        </Stack>
        {actions && <Group gap="sm">{actions}</Group>}
      </Group>
      {children}
    </Box>
  );
}

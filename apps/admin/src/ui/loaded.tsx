import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from './failure';

interface Query<Data> {
  readonly data?: Data | undefined;
  readonly error?: unknown;
  readonly loading: boolean;
  readonly refetch: () => unknown;
}

interface LoadedProps<Data> {
  readonly query: Query<Data>;
  readonly skeleton?: ReactNode;
  readonly children: (data: Data) => ReactNode;
}

/** A skeleton while nothing is there, the error with a way to try again, and else the content. */
export function Loaded<Data>({ query, skeleton, children }: LoadedProps<Data>) {
  if (query.data !== undefined && query.data !== null) return <>{children(query.data)}</>;
  if (query.error) return <LoadFailure error={query.error} retry={query.refetch} />;
  return <>{skeleton ?? <ListSkeleton />}</>;
}

export function LoadFailure({ error, retry }: { readonly error: unknown; readonly retry: () => unknown }) {
  const { t } = useTranslation();
  return (
    <Alert
      color="brick"
      variant="outline"
      icon={<IconPlugConnectedX aria-hidden />}
      title={t('error.notLoaded')}
    >
      <Text mb="sm">{failureOf(error).message}</Text>
      <Button variant="default" onClick={() => void retry()}>
        {t('tryAgain')}
      </Button>
    </Alert>
  );
}

/** Rows of a list that is on its way. */
export function ListSkeleton({
  rows = 3,
  height = 84,
}: {
  readonly rows?: number;
  readonly height?: number;
}) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm" role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={height} radius="lg" />
      ))}
    </Stack>
  );
}

export function PageSkeleton() {
  const { t } = useTranslation();
  return (
    <Stack gap="lg" role="status" aria-label={t('loading')} maw="68rem" mx="auto">
      <Skeleton height={14} width="30%" />
      <Skeleton height={34} width="60%" />
      <Group grow>
        <Skeleton height={140} radius="lg" />
      </Group>
      <Skeleton height={220} radius="lg" />
    </Stack>
  );
}

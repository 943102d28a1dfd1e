import { Card, Group, Text, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';

interface SectionCardProps {
  readonly title: string;
  readonly hint?: ReactNode;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page under its own heading. */
export function SectionCard({ title, hint, action, children }: SectionCardProps) {
  const id = useId();
  return (
    <Card component="section" aria-labelledby={id}>
      <Group justify="space-between" align="center" mb={hint ? 4 : 'sm'} gap="xs">
        <Title order={2} id={id}>
          {title}
        </Title>
        {action}
      </Group>
      {hint && (
        <Text c="dimmed" size="sm" mb="sm" component="div">
          {hint}
        </Text>
      )}
      {children}
    </Card>
  );
}

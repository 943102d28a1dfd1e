import { Checkbox, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Role } from '~/generated/graphql';

/** Membership itself is given with the first role. */
const CHOICES = ['member', 'coordinator', 'treasurer', 'maker'] as const satisfies readonly Role[];

interface RolesInputProps {
  readonly label: string;
  readonly value: readonly Role[];
  readonly onChange: (roles: Role[]) => void;
  readonly error?: string | undefined;
}

export function RolesInput({ label, value, onChange, error }: RolesInputProps) {
  const { t } = useTranslation(['identity', 'common']);
  return (
    <Checkbox.Group
      label={label}
      value={[...value]}
      onChange={(next) => onChange(next as Role[])}
      error={error}
    >
      <Stack gap="sm" mt="xs" mb="xs">
        {CHOICES.map((role) => (
          <Checkbox
            key={role}
            value={role}
            label={t(`role.${role}`, { ns: 'common' })}
            description={t(`roleHint.${role}`)}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function Brand() {
  const { t } = useTranslation();
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: '0.6rem' }}>
      <svg width="30" height="30" viewBox="0 0 32 32" aria-hidden>
        <rect width="32" height="32" rx="8" fill="#1c5a50" />
        <path
          d="M21.5 11.2a7 7 0 1 0 0 9.6"
          fill="none"
          stroke="#fbf6ea"
          strokeWidth="3.2"
          strokeLinecap="round"
        />
        <circle cx="22.4" cy="16" r="2.6" fill="#e0a63a" />
      </svg>
      <Text component="span" fw={650} ff="heading" fz={{ base: 'md', xs: 'lg' }}>
        {t('appName')}
      </Text>
    </span>
  );
}

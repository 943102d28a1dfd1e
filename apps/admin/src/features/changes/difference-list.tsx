import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './changes.module.css';

export interface Difference {
  readonly path: string;
  readonly before?: string | null;
  readonly after?: string | null;
}

/** What was, crossed out, above what would be. */
export function DifferenceList({ changes }: { readonly changes: readonly Difference[] }) {
  const { t } = useTranslation('changes');
  if (changes.length === 0) return <Text c="dimmed">{t('difference.none')}</Text>;
  return (
    <dl className={classes.changes} aria-label={t('difference.title')}>
      {changes.map(({ path, before, after }, index) => (
        <div key={`${index} ${path}`}>
          <dt>{path}</dt>
          <dd>
            <Stack gap={2}>
              {before && (
                <del>
                  <span className={classes.hidden}>{t('difference.before')} </span>
                  {before}
                </del>
              )}
              {after && (
                <ins>
                  <span className={classes.hidden}>{t('difference.after')} </span>
                  {after}
                </ins>
              )}
            </Stack>
          </dd>
        </div>
      ))}
    </dl>
  );
}

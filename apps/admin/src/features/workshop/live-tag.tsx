import { useTranslation } from 'react-i18next';
import { useLiveState } from '~/app/live';
import classes from './live-tag.module.css';

/** Whether what stands here is what is so now. */
export function LiveTag() {
  const { t } = useTranslation();
  const state = useLiveState();
  return (
    <span className={classes.live} data-state={state} role="status">
      <span className={classes.dot} aria-hidden />
      {t(`live.${state}`)}
    </span>
  );
}

import {
  IconCash,
  IconCircleCheck,
  IconFileUpload,
  IconHammer,
  IconHeartHandshake,
  type Icon,
} from '@tabler/icons-react';
import { LinkButton } from '~/ui/link-button';
import classes from './need-list.module.css';
import type { Need } from './needs';

const ICONS: Readonly<Record<Need['kind'], Icon>> = {
  job: IconHammer,
  accept: IconCircleCheck,
  pledge: IconHeartHandshake,
  open: IconFileUpload,
  pay: IconCash,
};

export function NeedList({ needs }: { readonly needs: readonly Need[] }) {
  return (
    <ul className={classes.needs}>
      {needs.map((need, index) => {
        const NeedIcon = ICONS[need.kind];
        return (
          <li key={need.key} className={classes.need}>
            <span className={classes.icon}>
              <NeedIcon size={24} stroke={1.7} aria-hidden />
            </span>
            <div className={classes.text}>
              <h3 className={classes.title}>{need.title}</h3>
              <p className={classes.sentence}>{need.sentence}</p>
            </div>
            <LinkButton
              to={need.to}
              variant={index === 0 ? 'filled' : 'default'}
              className={classes.action ?? ''}
            >
              {need.action}
            </LinkButton>
          </li>
        );
      })}
    </ul>
  );
}

import type { Icon } from '@tabler/icons-react';
import { Link } from 'react-router';
import classes from './door-card.module.css';

interface DoorCardProps {
  readonly to: string;
  readonly icon: Icon;
  readonly title: string;
  readonly hint: string;
}

/** A way on: what is behind it, in a few words. */
export function DoorCard({ to, icon: Icon, title, hint }: DoorCardProps) {
  return (
    <Link to={to} className={classes.door}>
      <Icon size={24} stroke={1.6} aria-hidden />
      <span className={classes.text}>
        <span className={classes.title}>{title}</span>
        <span className={classes.hint}>{hint}</span>
      </span>
    </Link>
  );
}

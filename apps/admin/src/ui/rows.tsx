import type { ReactNode } from 'react';
import classes from './rows.module.css';

/** A list of short entries with a line between them. */
export function Rows({ children, label }: { readonly children: ReactNode; readonly label?: string }) {
  return (
    <ul className={classes.rows} aria-label={label}>
      {children}
    </ul>
  );
}

/** What an entry is about takes the room; what can be done with it stands at its end. */
export function Row({ children, end }: { readonly children: ReactNode; readonly end?: ReactNode }) {
  return (
    <li>
      <div className={classes.grow}>{children}</div>
      {end}
    </li>
  );
}

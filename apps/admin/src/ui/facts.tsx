import type { ReactNode } from 'react';
import classes from './facts.module.css';

/** Terms and what they mean here, side by side where there is room. */
export function Facts({ rows }: { readonly rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={classes.facts}>
      {rows.map(([term, meaning], index) => (
        <div key={`${index} ${term}`}>
          <dt>{term}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}

import type { ReactNode } from 'react';
import classes from './tag.module.css';

export type Tone = 'calm' | 'go' | 'wait' | 'stop' | 'plain';

/** A word in a box: a state, a tier, a role. The word carries the meaning, the colour only helps. */
export function Tag({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span className={classes.tag} data-tone={tone}>
      {children}
    </span>
  );
}

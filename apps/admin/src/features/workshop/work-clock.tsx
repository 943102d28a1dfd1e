import { useEffect, useState } from 'react';
import { serverNow } from '~/app/server-time';
import type { JobCardFragment } from '~/generated/graphql';
import { formatClock } from '~/ui/format';

type Claim = NonNullable<JobCardFragment['claim']>;

const TICK_MILLISECONDS = 1000;

/** Time worked: what was counted before, and what has run since. */
export function WorkClock({
  claim,
  className,
}: {
  readonly claim: Claim;
  readonly className?: string | undefined;
}) {
  const [, tick] = useState(0);
  const since = claim.runningSince ? Date.parse(claim.runningSince) : null;
  useEffect(() => {
    if (since === null) return;
    const timer = setInterval(() => tick((count) => count + 1), TICK_MILLISECONDS);
    return () => clearInterval(timer);
  }, [since]);
  const runningSeconds = since === null ? 0 : Math.max(0, (serverNow() - since) / 1000);
  return (
    <span className={`cw-number ${className ?? ''}`} role="timer">
      {formatClock(claim.workedSeconds + runningSeconds)}
    </span>
  );
}

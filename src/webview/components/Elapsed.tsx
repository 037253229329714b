import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { formatElapsed } from '../model/numberFormats.ts';

/** Time between two looks at the clock, in milliseconds: what is shown are whole seconds. */
const TICK_MS = 1000;

interface ElapsedProps {
  /** Epoch milliseconds. */
  readonly sinceMs: number;
  /** The clock, in epoch milliseconds. */
  readonly now: () => number;
}

/** A clock that counts the seconds since a moment. */
export function Elapsed({ sinceMs, now }: ElapsedProps): JSX.Element {
  const [, setTicks] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => {
      setTicks((ticks) => ticks + 1);
    }, TICK_MS);
    return () => {
      clearInterval(timer);
    };
  }, [sinceMs]);
  return <span class="elapsed">{formatElapsed(now() - sinceMs)}</span>;
}

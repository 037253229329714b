/** A share 0..1 as a percentage with at most one decimal: `6.6%`; a share that is not 0 never reads `0%`. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) return '<0.1%';
  return `${withoutZeroDecimal(percent.toFixed(1))}%`;
}

/** A probability 0..1 with two decimals; one that is not 0 never reads `0.00`. */
export function formatProbability(probability: number): string {
  return probability > 0 && probability < 0.005 ? '<0.01' : probability.toFixed(2);
}

/** A length of time for people: `0.6 s`, `42 s`, `3 min 05 s`. */
export function formatDuration(timeMs: number): string {
  const seconds = Math.max(0, timeMs) / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  return formatWholeSeconds(timeMs);
}

/** A length of time as a ticking clock shows it, in whole seconds passed: `4 s`, `3 min 05 s`. */
export function formatElapsed(timeMs: number): string {
  return formatWholeSeconds(Math.floor(Math.max(0, timeMs) / 1000) * 1000);
}

/** Time spent in a model: `0.4 ms`, `310 ms`, `2.4 s`. */
export function formatModelTime(timeMs: number): string {
  if (timeMs >= 1000) return formatDuration(timeMs);
  return `${timeMs < 10 ? withoutZeroDecimal(timeMs.toFixed(1)) : timeMs.toFixed(0)} ms`;
}

/** A number of parameters: `0.16 M`, `135 M`, `1.7 B`. */
export function formatParameters(parameters: number): string {
  const [scaled, unit] = parameters >= 999.5e6 ? [parameters / 1e9, 'B'] : [parameters / 1e6, 'M'];
  const digits = scaled < 1 ? 2 : scaled < 10 ? 1 : 0;
  return `${withoutZeroDecimal(scaled.toFixed(digits))} ${unit}`;
}

/** A rate: `126`, or `4.2` where whole numbers would hide too much. */
export function formatRate(rate: number): string {
  return rate < 10 ? withoutZeroDecimal(rate.toFixed(1)) : Math.round(rate).toLocaleString('en');
}

/** A number in nats with two decimals and a real minus sign. */
export function formatNats(nats: number): string {
  return nats.toFixed(2).replace('-', '−');
}

/** `1 token`, `2 tokens`; `many` where it is not `one` with an s. */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

function formatWholeSeconds(timeMs: number): string {
  const seconds = Math.round(timeMs / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

function withoutZeroDecimal(digits: string): string {
  return digits.replace(/\.0+$/, '');
}

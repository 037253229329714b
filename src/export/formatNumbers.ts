/** A share 0..1 as a percentage with one decimal. */
export function formatShare(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

/** A length of time in milliseconds, in the unit that people would say. */
export function formatTime(timeMs: number): string {
  if (timeMs < 1_000) return `${Math.round(timeMs)} ms`;
  const seconds = timeMs / 1_000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** A whole number with its thousands apart. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** A natural logarithm of a probability as a percentage; what is nearly nothing or nearly everything is said to be so. */
export function formatProbability(logProbability: number): string {
  const probability = Math.exp(logProbability);
  if (probability < 0.0005) return '< 0.1%';
  return probability > 0.9995 && probability < 1 ? '> 99.9%' : formatShare(probability);
}

/** Log-odds in nats, with their sign. */
export function formatScore(score: number): string {
  return `${score < 0 ? '−' : '+'}${Math.abs(score).toFixed(2)}`;
}

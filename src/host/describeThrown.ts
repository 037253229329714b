/** A thrown value with its stack and its chain of causes, for the log; people are shown its message only. */
export function describeThrown(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const own = thrown.stack ?? `${thrown.name}: ${thrown.message}`;
  return thrown.cause === undefined ? own : `${own}\nCaused by: ${describeThrown(thrown.cause)}`;
}

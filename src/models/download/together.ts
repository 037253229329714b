/**
 * Does several things at once. The first failure ends the others, and is thrown once all of them have ended, so that
 * nothing goes on behind the caller's back.
 */
export async function together(
  signal: AbortSignal,
  tasks: readonly ((signal: AbortSignal) => Promise<void>)[],
): Promise<void> {
  const failed = new AbortController();
  const both = AbortSignal.any([signal, failed.signal]);
  const failures: unknown[] = [];
  const guarded = tasks.map(async (task) => {
    try {
      await task(both);
    } catch (thrown) {
      failures.push(thrown);
      failed.abort(thrown);
    }
  });
  await Promise.all(guarded);
  if (failures.length > 0) throw failures[0];
}

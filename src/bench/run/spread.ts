/**
 * Does jobs one after the other on each of several workers. The first thing that is thrown ends the work: what is under
 * way elsewhere is told so by `stop`, waited for, and then it comes out.
 *
 * @param work - resolves when the job is done.
 * @param stop - asks everything under way to end.
 * @param hasToStop - whether no further job is to be begun.
 */
export async function spread<Job, Worker>(
  jobs: readonly Job[],
  workers: readonly Worker[],
  {
    work,
    stop,
    hasToStop,
  }: {
    readonly work: (job: Job, worker: Worker) => Promise<void>;
    readonly stop: () => void;
    readonly hasToStop: () => boolean;
  },
): Promise<void> {
  let next = 0;
  const failures: unknown[] = [];
  const isOver = (): boolean => failures.length > 0 || hasToStop();
  const serve = async (worker: Worker): Promise<void> => {
    while (!isOver()) {
      const job = jobs[next++];
      if (job === undefined) return;
      try {
        await work(job, worker);
      } catch (thrown) {
        if (failures.push(thrown) === 1) stop();
        return;
      }
    }
  };
  await Promise.all(workers.map(serve));
  if (failures.length > 0) throw failures[0];
}

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
  let failure: { readonly thrown: unknown } | null = null;
  const isOver = (): boolean => failure !== null || hasToStop();
  const serve = async (worker: Worker): Promise<void> => {
    while (!isOver()) {
      const job = jobs[next++];
      if (job === undefined) return;
      try {
        await work(job, worker);
      } catch (thrown) {
        if (failure === null) {
          failure = { thrown };
          stop();
        }
        return;
      }
    }
  };
  await Promise.all(workers.map(serve));
  // Set in a function that the compiler does not follow.
  const failed = failure as { readonly thrown: unknown } | null;
  if (failed) throw failed.thrown;
}

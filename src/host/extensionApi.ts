import type { TraceLine } from '../protocol/trace.ts';
import type { PanelState } from '../protocol/panel.ts';
import type { DisposableLike } from './disposable.ts';
import type { Benchmarks } from './benchmark/benchmarks.ts';
import type { BenchmarkSummary } from './benchmark/benchmarkSummary.ts';
import type { RunHistory } from './history/runHistory.ts';
import type { RunSummary } from './history/runSummary.ts';
import type { HostRun } from './runs/hostRun.ts';
import type { RunController } from './runs/runController.ts';
import type { RunStore } from './runs/runStore.ts';

/** A run as other code sees it. */
export interface RunSnapshot {
  readonly runId: string;
  readonly question: string;
  readonly state: PanelState;
  /** The trace so far, in order. */
  readonly lines: readonly TraceLine[];
  /** Absolute path of the trace file; it is there once the first line has come. */
  readonly tracePath: string;
}

/**
 * What the extension's `activate` returns: runs, to read. To ask, other extensions execute the command
 * `mentorcollab.ask` with the question, which resolves with the run's id and phase once it has ended.
 */
export interface ExtensionApi {
  /** The run on show: the one under way, or else the last one; null when there was none. */
  currentRun(): RunSnapshot | null;
  /** Tells every change of the run on show. The listener is called until the returned disposable is disposed. */
  onDidChangeRun(listener: (run: RunSnapshot) => void): DisposableLike;
  /** All runs that are kept, newest first, the one under way included. */
  keptRuns(): readonly RunSummary[];
  /** All benchmarks that are kept, newest first, the one under way included. */
  keptBenchmarks(): Promise<readonly BenchmarkSummary[]>;
  /** Process id of the engine; undefined while none is running. */
  enginePid(): number | undefined;
  /** Whether the panel can be seen. */
  isPanelVisible(): boolean;
}

export interface ExtensionApiParts {
  readonly runs: RunController;
  readonly store: RunStore;
  readonly history: Pick<RunHistory, 'runs'>;
  readonly engine: { readonly pid: number | undefined };
  readonly panel: { readonly isVisible: boolean };
  readonly benchmarks: Pick<Benchmarks, 'list'>;
}

/** The API over the host's objects. */
export function createExtensionApi({
  runs,
  store,
  history,
  engine,
  panel,
  benchmarks,
}: ExtensionApiParts): ExtensionApi {
  const snapshot = ({ runId, question, state, lines }: HostRun): RunSnapshot => ({
    runId,
    question,
    state,
    lines: [...lines],
    tracePath: store.pathOf(runId),
  });
  return {
    currentRun: () => runs.current && snapshot(runs.current),
    onDidChangeRun: (listener) =>
      runs.onDidChange(({ run }) => {
        listener(snapshot(run));
      }),
    keptRuns: () => history.runs,
    keptBenchmarks: () => benchmarks.list(),
    enginePid: () => engine.pid,
    isPanelVisible: () => panel.isVisible,
  };
}

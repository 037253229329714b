import { RunViewBuilder } from '../../core/view/runView.ts';
import { isActive } from '../../protocol/isActive.ts';
import type { HostRun } from '../runs/hostRun.ts';
import type { KeptPhase, TraceSummary } from './runSummary.ts';

/** A summary of a run that is made here, from what is known of it already; its file is not read. */
export class LiveSummary {
  readonly #builder = new RunViewBuilder();
  readonly #startedAtMs: number;
  #run: HostRun;
  #lines = 0;

  /** @param nowMs - when the run began, until its trace tells it. */
  constructor(run: HostRun, nowMs: number) {
    this.#run = run;
    this.#startedAtMs = nowMs;
  }

  /** The run as last told; its lines may have grown since. */
  get run(): HostRun {
    return this.#run;
  }

  /** Takes the run's state of now. */
  update(run: HostRun): void {
    this.#run = run;
  }

  /** The summary of this moment; costs no more than what is new. */
  summary(): TraceSummary {
    const { runId, question, generatorName, mentorName, preset, branch, lines, state } = this.#run;
    for (; this.#lines < lines.length; this.#lines++) {
      const line = lines[this.#lines];
      if (line && line.type !== 'run-started') this.#builder.add(line);
    }
    const { counts, ended } = this.#builder.view();
    const [header] = lines;
    const told = header?.type === 'run-started' ? Date.parse(header.startedAt) : Number.NaN;
    return {
      ...{ runId, question, generatorName, mentorName, preset, branch },
      startedAtMs: Number.isNaN(told) ? this.#startedAtMs : told,
      phase: isActive(state) ? 'running' : phaseOf(state.phase),
      isOpen: ended === null,
      answer: ended?.answer ?? null,
      mentorShare: counts.mentorShare,
      steps: counts.steps,
      taken: counts.taken,
      timeMs: ended?.timeMs ?? null,
      sizeBytes: 0,
      problem: state.phase === 'failed' ? state.message : null,
    };
  }
}

function phaseOf(phase: HostRun['state']['phase']): KeptPhase {
  return phase === 'done' || phase === 'stopped' || phase === 'failed' ? phase : 'interrupted';
}

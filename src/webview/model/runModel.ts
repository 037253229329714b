import type { RunHeader } from '../../core/runHeader.ts';
import type { Decision, RunView } from '../../core/view/runView.ts';
import { RunViewBuilder } from '../../core/view/runView.ts';
import { TimelineSeries } from '../../core/view/timeline/timelineSeries.ts';
import type { TraceLine } from '../../protocol/trace.ts';

/** What a run has cost so far, as far as its steps tell. */
export interface RunTotals {
  /** Time spent in both models, in milliseconds. */
  readonly timeMs: number;
  /** The mentor's tokens decoded and read. */
  readonly mentorDecoded: number;
  readonly mentorPrefilled: number;
}

/** One run, built up line by line; cheap per line, whatever the run's length. */
export class RunModel {
  readonly runId: string;
  readonly #builder = new RunViewBuilder();
  /** What the timeline is drawn from; the same object grows with the run. */
  readonly timeline = new TimelineSeries();
  readonly #decisionByStep = new Map<number, Decision>();
  #header: RunHeader | null = null;
  #totals: RunTotals = { timeMs: 0, mentorDecoded: 0, mentorPrefilled: 0 };

  constructor(runId: string) {
    this.runId = runId;
  }

  /** The run's first line; null until it has come. */
  get header(): RunHeader | null {
    return this.#header;
  }

  get totals(): RunTotals {
    return this.#totals;
  }

  /** Decisions by their step; the same map grows with the run. */
  get decisionByStep(): ReadonlyMap<number, Decision> {
    return this.#decisionByStep;
  }

  /** The view so far; its arrays grow with the run. */
  view(): RunView {
    return this.#builder.view();
  }

  /** Takes further lines, in order. */
  add(lines: readonly TraceLine[]): void {
    for (const line of lines) this.#addLine(line);
  }

  #addLine(line: TraceLine): void {
    if (line.type === 'run-started') {
      this.#header = line;
      return;
    }
    this.#builder.add(line);
    // The generator's prompt is read before the first step; the mentor's reading is in its step's cost.
    if (line.type === 'prompt-read' && line.by === 'generator') this.#addCost(line.timeMs, 0, 0);
    if (line.type !== 'step-taken') return;
    const { generator, mentor } = line.cost;
    this.#addCost(generator.timeMs + mentor.timeMs, mentor.decoded, mentor.prefilled);
    const last = this.#builder.view().decisions.at(-1);
    const decision = last?.step === line.step ? last : null;
    if (decision) this.#decisionByStep.set(line.step, decision);
    this.timeline.add(line, decision);
  }

  #addCost(timeMs: number, decoded: number, prefilled: number): void {
    this.#totals = {
      timeMs: this.#totals.timeMs + timeMs,
      mentorDecoded: this.#totals.mentorDecoded + decoded,
      mentorPrefilled: this.#totals.mentorPrefilled + prefilled,
    };
  }
}

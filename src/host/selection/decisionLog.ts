import type { RunView } from '../../core/view/runView.ts';
import { RunViewBuilder } from '../../core/view/runView.ts';
import type { TraceLine } from '../../protocol/trace.ts';

/** What the decisions of a run are and add up to. */
export type DecisionsSoFar = Pick<RunView, 'decisions' | 'counts' | 'ended'>;

/** The decisions of one run, read on as its trace grows; cheap per line, whatever the run's length. */
export class DecisionLog {
  readonly #lines: readonly TraceLine[];
  readonly #builder = new RunViewBuilder();
  #next = 0;

  /** @param lines - the run's trace, which may grow. */
  constructor(lines: readonly TraceLine[]) {
    this.#lines = lines;
  }

  /** The trace that the decisions are of. */
  get lines(): readonly TraceLine[] {
    return this.#lines;
  }

  /** Everything up to the last line that has come; its arrays grow with it. */
  read(): DecisionsSoFar {
    for (; this.#next < this.#lines.length; this.#next++) {
      const line = this.#lines[this.#next];
      if (line && line.type !== 'run-started') this.#builder.add(line);
    }
    return this.#builder.view();
  }
}

import type { Usage } from '../../../core/languageModel.ts';
import type { RunHeader } from '../../../core/runHeader.ts';
import type { TokenCounts } from '../../../core/runEvent.ts';
import type { RunView } from '../../../core/view/runView.ts';
import { RunViewBuilder } from '../../../core/view/runView.ts';
import type { ComparedColumn } from '../../../protocol/compare.ts';
import type { TraceLine } from '../../../protocol/trace.ts';

type Author = 'generator' | 'mentor';

/** Tokens decoded and read, and the time they took, as far as the run has told. */
interface Spent {
  readonly decoded: number;
  readonly prefilled: number;
  readonly timeMs: number;
}

const NOTHING: Spent = { decoded: 0, prefilled: 0, timeMs: 0 };

/** One column and its run, built up line by line; cheap per line, whatever the run's length. */
export class ColumnModel {
  readonly #builder = new RunViewBuilder();
  #column: ComparedColumn;
  #header: RunHeader | null = null;
  #spent: Readonly<Record<Author, Spent>> = { generator: NOTHING, mentor: NOTHING };

  constructor(column: ComparedColumn) {
    this.#column = column;
  }

  get column(): ComparedColumn {
    return this.#column;
  }

  /** Null until the run's first line has come. */
  get header(): RunHeader | null {
    return this.#header;
  }

  get view(): RunView {
    return this.#builder.view();
  }

  /** Time from the first read of the prompt, in milliseconds; until the end as far as the steps tell. */
  get timeMs(): number {
    const { generator, mentor } = this.#spent;
    return this.view.ended?.timeMs ?? generator.timeMs + mentor.timeMs;
  }

  /** A model's tokens by the part it plays in this run. */
  tokensOf(author: Author): TokenCounts {
    const { ended, counts } = this.view;
    if (ended) return ended.tokens[author];
    const { decoded, prefilled } = this.#spent[author];
    return { accepted: counts.acceptedTokens[author], decoded, prefilled };
  }

  reframe(column: ComparedColumn): void {
    this.#column = column;
  }

  /** Takes further lines, in order. */
  add(lines: readonly TraceLine[]): void {
    for (const line of lines) {
      if (line.type === 'run-started') {
        this.#header = line;
        continue;
      }
      this.#builder.add(line);
      // The mentor's reading of the prompt is part of its step's cost.
      if (line.type === 'prompt-read' && line.by === 'generator') this.#spend('generator', line.cost);
      if (line.type !== 'step-taken') continue;
      this.#spend('generator', line.cost.generator);
      this.#spend('mentor', line.cost.mentor);
    }
  }

  #spend(author: Author, { decoded, prefilled, timeMs }: Usage): void {
    const before = this.#spent[author];
    const spent = {
      decoded: before.decoded + decoded,
      prefilled: before.prefilled + prefilled,
      timeMs: before.timeMs + timeMs,
    };
    this.#spent = { ...this.#spent, [author]: spent };
  }
}

import type { Memento } from 'vscode';
import { Disposable } from '../../disposable.ts';
import { Emitter } from '../../emitter.ts';
import type { OutcomeFilter } from './outcomeFilter.ts';
import { filterOf } from './outcomeFilter.ts';

/** Where the filter is kept in the workspace's memory. */
const KEY = 'decisions.outcomes';

/** The filter of the view of decisions, kept for the workspace. */
export class StoredFilter extends Disposable {
  readonly #memory: Pick<Memento, 'get' | 'update'>;
  readonly #changed = this.register(new Emitter<void>());
  #outcomes: OutcomeFilter;

  readonly onDidChange = this.#changed.event;

  constructor(memory: Pick<Memento, 'get' | 'update'>) {
    super();
    this.#memory = memory;
    const stored: unknown = memory.get(KEY);
    this.#outcomes = filterOf(Array.isArray(stored) ? stored : []);
  }

  /** The outcomes that are shown. */
  get outcomes(): OutcomeFilter {
    return this.#outcomes;
  }

  /** Shows other outcomes; resolves once they are kept. */
  async change(outcomes: OutcomeFilter): Promise<void> {
    this.#outcomes = outcomes;
    this.#changed.fire();
    await this.#memory.update(KEY, [...outcomes]);
  }
}

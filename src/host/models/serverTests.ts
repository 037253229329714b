import { asMentorCollabError } from '../../core/errors.ts';
import type { AbortNotifier } from '../../core/languageModel.ts';
import type { ReasoningEngine } from '../../protocol/engine.ts';
import type { ServerReport } from '../../protocol/serverReport.ts';
import { Emitter } from '../emitter.ts';
import type { ServerTest } from './modelsSnapshot.ts';

export interface ServerTestsOptions {
  readonly engine: Pick<ReasoningEngine, 'testServer'>;
  readonly keyFor: (url: string) => string | null;
}

/**
 * Asked for when nobody has chosen a model yet: servers list theirs whatever is asked for, and none has one of this name.
 */
const NO_MODEL = '-';

/** What servers have answered in this window. None is asked without the user's wish. */
export class ServerTests {
  readonly #options: ServerTestsOptions;
  readonly #tests = new Map<string, ServerTest>();
  readonly #updated = new Emitter<void>();

  /** Tells that a test has begun or ended. */
  readonly onDidUpdate = this.#updated.event;

  constructor(options: ServerTestsOptions) {
    this.#options = options;
  }

  /** What is known of a server. */
  of(url: string): ServerTest {
    return this.#tests.get(url) ?? { type: 'untested' };
  }

  /** Servers that have been asked. */
  get urls(): readonly string[] {
    return [...this.#tests.keys()];
  }

  /**
   * Asks a server what it is and can do.
   *
   * @param model - the model to try; null for the first one that it offers.
   * @throws MentorCollabError as the engine does.
   */
  async test(url: string, model: string | null, signal: AbortNotifier): Promise<ServerReport> {
    const before = this.of(url);
    this.#tell(url, { type: 'testing' });
    try {
      const report = await this.#ask(url, model, signal);
      this.#tell(url, { type: 'answered', report });
      return report;
    } catch (thrown) {
      const error = asMentorCollabError(thrown);
      this.#tell(url, error.code === 'cancelled' ? before : { type: 'failed', message: error.message });
      throw error;
    }
  }

  /** Forgets what a server has said. */
  forget(url: string): void {
    this.#tests.delete(url);
    this.#updated.fire();
  }

  async #ask(url: string, model: string | null, signal: AbortNotifier): Promise<ServerReport> {
    const { engine, keyFor } = this.#options;
    const source = { type: 'server' as const, url, apiKey: keyFor(url) };
    const report = await engine.testServer({ ...source, model: model ?? NO_MODEL }, signal);
    const [first] = report.models;
    if (model !== null || first === undefined) return report;
    return engine.testServer({ ...source, model: first }, signal);
  }

  #tell(url: string, test: ServerTest): void {
    this.#tests.set(url, test);
    this.#updated.fire();
  }
}

import { resolve } from 'node:path';
import { cancelledError } from '../../core/errors.ts';
import type { ModelFacts } from '../../core/languageModel.ts';
import type { RunHeader } from '../../core/runHeader.ts';
import { DEMO_MODELS } from '../../models/demoPair.ts';
import type { TraceLine } from '../../protocol/trace.ts';

export interface ModelConsentOptions {
  /** Absolute paths of the models in the settings of this moment. */
  readonly configuredPaths: () => readonly string[];
  /** Asks the user; true when they agree. */
  readonly ask: (question: string) => Promise<boolean>;
}

/** Longest name or path that a question quotes, in characters. */
const LONGEST_QUOTE = 300;

/**
 * Decides which model files may be loaded because a trace names them: a trace may be anyone's, and a model file is read
 * by native code. Those of the settings may, those that a run made in this window has used, and those that the user has
 * agreed to.
 */
export class ModelConsent {
  readonly #options: ModelConsentOptions;
  readonly #allowed = new Set<string>();

  constructor(options: ModelConsentOptions) {
    this.#options = options;
  }

  /** Takes note of a run that was made here: its models have been loaded. */
  readonly learn = ({ lines: [header] }: { readonly lines: readonly TraceLine[] }): void => {
    if (header?.type !== 'run-started') return;
    for (const { path } of modelsOf(header)) if (path !== null) this.#allowed.add(resolve(path));
  };

  /** Whether a file may be loaded without asking. */
  isAllowed(path: string): boolean {
    const wanted = resolve(path);
    return this.#allowed.has(wanted) || this.#options.configuredPaths().some((known) => resolve(known) === wanted);
  }

  /**
   * Asks for each model of a trace that may not be loaded yet; nothing is looked up on the disk before.
   *
   * @throws MentorCollabError `cancelled` when the user does not agree.
   */
  async obtain(header: RunHeader): Promise<void> {
    for (const model of modelsOf(header)) {
      const { name, path } = model;
      if (path === null || recordedDemoModel(model) !== null || this.isAllowed(path)) continue;
      const question = `This run was made with ${quote(name)} at ${quote(path)}, which is not one of your configured models. Load it?`;
      if (!(await this.#options.ask(question))) throw cancelledError();
      this.#allowed.add(resolve(path));
    }
  }
}

/** The demo model that a trace means, which is then taken from this installation; null when it means a file. */
export function recordedDemoModel({ name }: ModelFacts): string | null {
  return DEMO_MODELS.find(({ id, fileName }) => name === id || name === fileName)?.id ?? null;
}

function modelsOf({ generator, mentor }: RunHeader): readonly ModelFacts[] {
  return mentor ? [generator.model, mentor.model] : [generator.model];
}

/** What a stranger wrote, on one line and without signs that would change how the rest reads. */
function quote(text: string): string {
  const plain = text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '�');
  return plain.length > LONGEST_QUOTE ? `${plain.slice(0, LONGEST_QUOTE)}…` : plain;
}

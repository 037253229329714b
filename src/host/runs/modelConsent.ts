import { resolve } from 'node:path';
import { cancelledError } from '../../core/errors.ts';
import type { ModelFacts } from '../../core/languageModel.ts';
import type { ModelSource } from '../../core/modelSource.ts';
import { describeSource } from '../../core/modelSource.ts';
import type { RunHeader } from '../../core/runHeader.ts';
import { DEMO_MODELS } from '../../models/demoPair.ts';
import type { TraceLine } from '../../protocol/trace.ts';

export interface ModelConsentOptions {
  /** The models in the settings of this moment. */
  readonly configured: () => readonly ModelSource[];
  /** Asks the user; true when they agree. */
  readonly ask: (question: string) => Promise<boolean>;
}

/** Longest name or place that a question quotes, in characters. */
const LONGEST_QUOTE = 300;

/**
 * Decides which models may be used because a trace names them: a trace may be anyone's, a model file is read by native
 * code, and a server is told the question. Those of the settings may, those that a run made in this window has used, and
 * those that the user has agreed to.
 */
export class ModelConsent {
  readonly #options: ModelConsentOptions;
  readonly #allowed = new Set<string>();

  constructor(options: ModelConsentOptions) {
    this.#options = options;
  }

  /** Takes note of a run that was made here: its models have been used. */
  readonly learn = ({ lines: [header] }: { readonly lines: readonly TraceLine[] }): void => {
    if (header?.type !== 'run-started') return;
    for (const model of modelsOf(header)) {
      const source = recordedSource(model);
      if (source) this.#allowed.add(keyOf(source));
    }
  };

  /** Whether a model may be used without asking. */
  isAllowed(source: ModelSource): boolean {
    const wanted = keyOf(source);
    return this.#allowed.has(wanted) || this.#options.configured().some((known) => keyOf(known) === wanted);
  }

  /**
   * Asks for each model of a trace that may not be used yet; nothing is looked up on disk or network before.
   *
   * @throws MentorCollabError `cancelled` when the user does not agree.
   */
  async obtain(header: RunHeader): Promise<void> {
    for (const model of modelsOf(header)) {
      const source = recordedSource(model);
      if (source === null || recordedDemoModel(model) !== null || this.isAllowed(source)) continue;
      const place = source.type === 'file' ? source.path : source.url;
      const use = source.type === 'file' ? 'Load it?' : 'Send the question there?';
      const question = `This run was made with ${quote(model.name)} at ${quote(place)}, which is not one of your configured models. ${use}`;
      if (!(await this.#options.ask(question))) throw cancelledError();
      this.#allowed.add(keyOf(source));
    }
  }
}

/** The demo model that a trace means, which is then taken from this installation; null when it means another. */
export function recordedDemoModel({ name, server }: ModelFacts): string | null {
  if (server !== null) return null;
  return DEMO_MODELS.find(({ id, fileName }) => name === id || name === fileName)?.id ?? null;
}

/** The model that a trace names, without any key; null where it does not say where it was. */
export function recordedSource({ path, server, name }: ModelFacts): ModelSource | null {
  if (server !== null) return { type: 'server', url: server, model: name, apiKey: null };
  return path === null ? null : { type: 'file', path };
}

function keyOf(source: ModelSource): string {
  return source.type === 'file' ? resolve(source.path) : describeSource(source);
}

function modelsOf({ generator, mentor, verifier }: RunHeader): readonly ModelFacts[] {
  return [generator, mentor, verifier].flatMap((opened) => (opened ? [opened.model] : []));
}

/** What a stranger wrote, on one line and without signs that would change how the rest reads. */
function quote(text: string): string {
  const plain = text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '�');
  return plain.length > LONGEST_QUOTE ? `${plain.slice(0, LONGEST_QUOTE)}…` : plain;
}

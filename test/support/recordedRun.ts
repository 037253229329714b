import { fileSource } from '../../src/core/modelSource.ts';
import type { RunHeader } from '../../src/core/runHeader.ts';
import type { RunEvent } from '../../src/core/runEvent.ts';
import type { RunSettings } from '../../src/core/runSettings.ts';
import { presetSettings } from '../../src/core/runSettings.ts';
import type { RunView } from '../../src/core/view/runView.ts';
import { viewRun } from '../../src/core/view/runView.ts';
import type { SolveListener, SolveProgress, SolveRequest } from '../../src/protocol/engine.ts';
import type { TraceLine } from '../../src/protocol/trace.ts';
import { DEMO_MENTOR, DEMO_QUESTION, DEMO_SMALL } from './models/demoModels.ts';

/** A listener that keeps all it is told. */
export class RecordedRun implements SolveListener {
  readonly lines: TraceLine[] = [];
  readonly progress: SolveProgress[] = [];
  readonly #onLine: (line: TraceLine) => void;

  /** @param onLine - called with each line as it comes. */
  constructor(onLine: (line: TraceLine) => void = () => undefined) {
    this.#onLine = onLine;
  }

  onProgress(progress: SolveProgress): void {
    this.progress.push(progress);
  }

  onLines(lines: readonly TraceLine[]): void {
    for (const line of lines) {
      this.lines.push(line);
      this.#onLine(line);
    }
  }

  get header(): RunHeader | undefined {
    return this.lines.find((line) => line.type === 'run-started');
  }

  get events(): readonly RunEvent[] {
    return this.lines.filter((line) => line.type !== 'run-started');
  }

  get view(): RunView {
    return viewRun(this.events);
  }
}

/** A run of the demo pair, with whatever a test wants otherwise. */
export function demoRequest(
  changes: Partial<Omit<SolveRequest, 'settings'>> & { readonly settings?: Partial<RunSettings> } = {},
): SolveRequest {
  return {
    runId: 'test-run',
    prompt: { form: 'chat', question: DEMO_QUESTION },
    generator: fileSource(DEMO_SMALL),
    mentor: fileSource(DEMO_MENTOR),
    verifier: null,
    options: { contextSize: null, threads: 1, gpu: 'off' },
    opening: null,
    ...changes,
    settings: { ...presetSettings('paper-free'), seed: 1, maxTokens: 160, ...changes.settings },
  };
}

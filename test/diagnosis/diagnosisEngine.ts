import { MentorCollabError } from '../../src/core/errors.ts';
import type { ServerSource } from '../../src/core/modelSource.ts';
import type { ReasoningEngine } from '../../src/protocol/engine.ts';
import type { EngineStatus } from '../../src/protocol/engineStatus.ts';
import type { GgufReport } from '../../src/protocol/ggufReport.ts';
import type { ServerReport } from '../../src/protocol/serverReport.ts';

/** The part of an engine that a report needs: knows every file but those named `broken`, and the servers it is given. */
export class DiagnosisEngine implements Pick<ReasoningEngine, 'inspect' | 'testServer' | 'status'> {
  /** Null: the native library loads. */
  readonly #failure: MentorCollabError | null;
  /** Each server that was tested. */
  readonly tested: ServerSource[] = [];

  constructor(failure: MentorCollabError | null = null) {
    this.#failure = failure;
  }

  inspect(path: string): Promise<GgufReport> {
    if (this.#failure) return Promise.reject(this.#failure);
    if (path.includes('broken')) {
      return Promise.reject(new MentorCollabError('model-invalid', `${path} is truncated. Download it again.`));
    }
    const name = path.split(/[\\/]/).at(-1) ?? path;
    return Promise.resolve({
      facts: {
        name,
        path,
        server: null,
        architecture: 'llama',
        quantization: 'Q8_0',
        parameters: 2_200_000,
        bytes: 3_000,
      },
      trainContextSize: 512,
      contextSize: 512,
      hasChatTemplate: true,
      partPaths: [path],
      memory: { weightsBytes: 2 ** 20, contextBytes: 2 ** 20, totalBytes: 2 ** 21 },
    });
  }

  testServer(source: ServerSource): Promise<ServerReport> {
    this.tested.push(source);
    if (source.model === 'down') {
      return Promise.reject(new MentorCollabError('server-unavailable', `Nobody answers at ${source.url}.`));
    }
    return Promise.resolve({
      ...{
        url: source.url,
        kind: 'vllm',
        version: '0.9.1',
        models: [source.model],
        model: source.model,
        contextSize: 8_192,
      },
      ...{ topLogProbabilities: 20, hasPromptLogProbabilities: true, chatTemplate: { from: 'server', name: null } },
      ...{ remarks: ['It tells all that a run needs.'], timeMs: 12.4 },
    });
  }

  status(): Promise<EngineStatus> {
    return Promise.resolve({
      loadedModels: [],
      activeRuns: 0,
      residentBytes: 2 ** 27,
      backend: this.#failure ? null : { name: 'cpu', devices: [], note: 'No graphics processor was found.' },
      memory: { totalBytes: 2 ** 34, availableBytes: 2 ** 33 },
    });
  }
}

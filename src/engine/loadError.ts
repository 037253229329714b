import { cancelledError, MentorCollabError } from '../core/errors.ts';
import type { NativeLlama } from './nativeLlama.ts';

/** A failure of llama.cpp to load a model or make its context, in words; its own reason is only in its log. */
export async function asLoadError(native: NativeLlama, path: string, thrown: unknown): Promise<MentorCollabError> {
  if (thrown instanceof MentorCollabError) return thrown;
  if (thrown instanceof Error && thrown.name === 'AbortError') return cancelledError();
  const reason = [thrown instanceof Error ? thrown.message : String(thrown), ...(await native.recentRemarks())].join(
    '; ',
  );
  if (thrown instanceof native.module.InsufficientMemoryError || /failed to allocate|out of memory/i.test(reason)) {
    return new MentorCollabError(
      'out-of-memory',
      `Not enough free memory for the model ${path} with its context (${reason}). ` +
        'Close other programs, lower the context size (contextSize, --context-size), or choose a smaller model.',
      { cause: thrown },
    );
  }
  if (/unsupported|unknown pre-tokenizer/i.test(reason)) {
    return new MentorCollabError(
      'model-unsupported',
      `This engine can't run the model ${path} (${reason}). Choose another model.`,
      { cause: thrown },
    );
  }
  return new MentorCollabError(
    'model-invalid',
    `The model ${path} can't be loaded (${reason}). The file is damaged: download it again, or choose another model.`,
    { cause: thrown },
  );
}

import { MentorCollabError } from '../core/errors.ts';

/** The error for a file that this engine can't use. */
export function unsupportedModel(path: string, reason: string): MentorCollabError {
  return new MentorCollabError(
    'model-unsupported',
    `This engine can't use the model ${path}: ${reason}. Choose another model.`,
  );
}

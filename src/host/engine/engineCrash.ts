import { MentorCollabError } from '../../core/errors.ts';

/** The engine process has ended without being asked to. */
export class EngineCrash extends MentorCollabError {
  constructor(message: string, options?: { readonly cause?: unknown }) {
    super('engine-crashed', message, options);
  }
}

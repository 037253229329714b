import { MentorCollabError } from '../core/errors.ts';

/** The command line itself can't be understood; ends with exit code 2. */
export class UsageError extends MentorCollabError {
  constructor(message: string) {
    super('bad-input', message);
  }
}

import type { Admission } from '../http/admission.ts';
import type { ServedModels } from '../models/servedModels.ts';
import type { Generate } from './generation.ts';

/** What routes that write texts need. */
export interface WritingContext {
  readonly models: ServedModels;
  readonly admission: Admission;
  readonly generate: Generate;
}

import type { ErrorCode } from '../../core/errors.ts';
import type { EpochLosses } from './fitMlp.ts';
import type { VerifierFit } from './fitVerifier.ts';

/** What the thread of a fit tells. */
export type FitMessage =
  | { readonly type: 'epoch-done'; readonly losses: EpochLosses }
  | { readonly type: 'fit-done'; readonly fit: VerifierFit }
  | { readonly type: 'fit-failed'; readonly code: ErrorCode; readonly message: string };

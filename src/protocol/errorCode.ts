import { z } from 'zod';
import type { ErrorCode } from '../core/errors.ts';

/** Parses an error's code, on a wire and in a file. */
export const errorCodeSchema: z.ZodType<ErrorCode> = z.enum([
  'cancelled',
  'bad-input',
  'model-missing',
  'model-invalid',
  'model-unsupported',
  'out-of-memory',
  'context-full',
  'server-unavailable',
  'server-refused',
  'download-failed',
  'disk-full',
  'engine-unavailable',
  'engine-crashed',
  'protocol',
  'internal',
]);

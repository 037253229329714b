import { z } from 'zod';
import { badRequest } from '../http/apiError.ts';

/**
 * A request's body, checked.
 *
 * @throws ApiError with status 400 that names the field to blame.
 */
export function parseRequest<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const param = issue === undefined || issue.path.length === 0 ? null : z.core.toDotPath(issue.path);
  throw badRequest(`${param ?? 'The request'}: ${issue?.message ?? 'not understood'}.`, param);
}

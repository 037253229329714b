import type { IncomingMessage } from 'node:http';
import { ApiError, badRequest } from './apiError.ts';

/**
 * The JSON document in a request's body.
 *
 * @throws ApiError: 415 for another type or a packed body, 413 beyond `maxBytes`, 400 for what is no JSON in UTF-8.
 */
export async function readJsonBody(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  checkType(request);
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > maxBytes) throw tooLarge(maxBytes);
  const parts: Buffer[] = [];
  let bytes = 0;
  // Without an encoding set, a request gives buffers.
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    parts.push(part);
  }
  return parseJson(Buffer.concat(parts));
}

function checkType({ headers }: IncomingMessage): void {
  const type = headers['content-type'] ?? '';
  if (!/^application\/json\s*(?:;|$)/i.test(type)) {
    throw unsupportedType(`The body's type is "${type}". Send JSON with the header "Content-Type: application/json".`);
  }
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw unsupportedType(`The body is packed (${encoding}). Send it as it is.`);
  }
}

function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) throw badRequest('The body is empty. Send a JSON document.', null);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw badRequest(`The body is no JSON in UTF-8: ${reason}.`, null, 'invalid_json');
  }
}

function unsupportedType(message: string): ApiError {
  return new ApiError(message, { status: 415, type: 'invalid_request_error', code: 'unsupported_media_type' });
}

function tooLarge(maxBytes: number): ApiError {
  return new ApiError(
    `The body is larger than ${maxBytes} bytes. Send less, or start the server with a larger --max-body.`,
    { status: 413, type: 'invalid_request_error', code: 'request_too_large' },
  );
}

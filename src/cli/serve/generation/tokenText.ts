import type { TokenForm } from '../../../engine/serving/servingEngine.ts';

/**
 * A token by itself as text; `cut` says how a part of a character is written.
 *
 * @param cut - such as `bytes:` in completions, and nothing in chats; `\xf0\x9f` follows, as in the OpenAI API.
 */
export function tokenText({ bytes, controlWord }: TokenForm, cut: string): string {
  if (controlWord !== null) return controlWord;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // No whole characters: its bytes are all that can be said of it.
    return cut + Array.from(bytes, (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
  }
}

import { basename } from 'node:path';
import { z } from 'zod';
import { MentorCollabError } from '../../core/errors.ts';
import type { RunSettingsInput } from '../../core/resolveRunSettings.ts';

/** What a file of settings may hold; what a value may be is told by the settings themselves. */
const armFileSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._=+-]{0,59}$/u, 'up to 60 letters, digits, spaces and . _ = + -')
    .optional(),
  preset: z.unknown().optional(),
  probability: z.unknown().optional(),
  decision: z.unknown().optional(),
  threshold: z.unknown().optional(),
  probeAt: z.unknown().optional(),
  verification: z.unknown().optional(),
  verifierFile: z.unknown().optional(),
  patchTokens: z.unknown().optional(),
  earlyRejoin: z.unknown().optional(),
  readAhead: z.unknown().optional(),
  maxTokens: z.unknown().optional(),
});

/** An arm as a file describes it. */
export interface ArmFile {
  /** Its `name`, or else the file's. */
  readonly name: string;
  readonly input: RunSettingsInput;
}

/**
 * Reads a file of settings: a JSON object with any of `name`, `preset`, `probability`, `decision`, `threshold`, `probeAt`,
 * `verification`, `verifierFile`, `patchTokens`, `earlyRejoin`, `readAhead` and `maxTokens`.
 *
 * @param path - for messages and the name.
 * @throws MentorCollabError `bad-input` for anything else.
 */
export function readArmFile(path: string, text: string): ArmFile {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    throw new MentorCollabError('bad-input', `The arm ${path} is no JSON: ${String(cause)}`, { cause });
  }
  const parsed = armFileSchema.safeParse(value);
  if (!parsed.success) {
    const known = Object.keys(armFileSchema.shape).join(', ');
    throw new MentorCollabError(
      'bad-input',
      `The arm ${path} can't be used: ${z.prettifyError(parsed.error).replace(/\s*\n\s*/g, ' ')}. It may have ${known}.`,
    );
  }
  const { name, ...input } = parsed.data;
  return { name: name ?? nameFromPath(path), input };
}

/** A file's name without its end, and without what the names of files on some systems can't have. */
function nameFromPath(path: string): string {
  return (
    basename(path)
      .replace(/\.json$/i, '')
      .replace(/[^\p{L}\p{N} ._=+-]/gu, '-')
      .slice(0, 60) || 'arm'
  );
}

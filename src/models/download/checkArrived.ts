import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { MentorCollabError } from '../../core/errors.ts';
import { readGgufHeader } from '../gguf/ggufHeader.ts';
import { hashModelFile } from '../library/fileWork.ts';

export interface ArrivedFile {
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

export interface ArrivalExpectations {
  /** Null when nobody has told. */
  readonly bytes: number | null;
  /** The published hash; null when there is none. */
  readonly sha256: string | null;
  readonly signal: AbortSignal;
  readonly onBytes?: (bytes: number) => void;
}

/**
 * Checks a file that has arrived: its size, that it is a whole GGUF file, and its hash.
 *
 * @throws MentorCollabError `download-failed` when it is not what was to come; `cancelled`.
 */
export async function checkArrived(path: string, expected: ArrivalExpectations): Promise<ArrivedFile> {
  const name = basename(path).replace(/\.part$/, '');
  const { size } = await stat(path);
  if (expected.bytes !== null && size !== expected.bytes) {
    throw damaged(name, `it has ${size} bytes instead of ${expected.bytes}`);
  }
  const sha256 = await hashModelFile(path, { signal: expected.signal, onBytes: expected.onBytes });
  if (expected.sha256 !== null && sha256 !== expected.sha256) {
    throw damaged(name, `its SHA-256 is ${sha256} instead of the published ${expected.sha256}`);
  }
  try {
    await readGgufHeader(path);
  } catch (cause) {
    if (!(cause instanceof MentorCollabError)) throw cause;
    throw damaged(name, cause.message.replace(path, 'it').replace(/\.$/, ''), cause);
  }
  return { bytes: size, sha256 };
}

function damaged(name: string, how: string, cause?: unknown): MentorCollabError {
  return new MentorCollabError(
    'download-failed',
    `${name} has arrived damaged: ${how}. It was deleted. Download it again; if that happens twice, the server, a mirror or a proxy changes it.`,
    { cause },
  );
}

import { open, stat } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { basename } from 'node:path';
import type { GgufFileInfo } from 'node-llama-cpp';
import { MentorCollabError } from '../core/errors.ts';
import type { ModelFacts } from '../core/languageModel.ts';
import type { NativeLlama } from './nativeLlama.ts';
import { tensorBytes } from '../models/gguf/tensorBytes.ts';

/** A GGUF file whose header has been read and whose length is right; what its numbers are worth is not known yet. */
export interface GgufFile {
  readonly path: string;
  readonly stats: Stats;
  readonly facts: Omit<ModelFacts, 'sha256' | 'contextSize'>;
}

/** Large lists that loading reads again anyway. */
const SKIPPED_KEYS = [
  'tokenizer.ggml.tokens',
  'tokenizer.ggml.merges',
  'tokenizer.ggml.scores',
  'tokenizer.ggml.token_type',
];

/**
 * Looks at a model's file before anything native does, so that what is wrong with it can be said in words.
 *
 * @throws MentorCollabError `model-missing` when there is no file; `model-invalid` when it is empty, no GGUF, or cut off;
 * `model-unsupported` when llama.cpp does not know its architecture.
 */
export async function readGgufFile(native: NativeLlama, path: string): Promise<GgufFile> {
  const stats = await statModel(path);
  await checkMagic(path, stats);
  const info = await readHeader(native, path);
  checkLength(info, path, stats);
  const { general } = info.metadata;
  const { isSupportedByLlamaCpp } = await native.module.GgufInsights.from(info, native.llama);
  if (!isSupportedByLlamaCpp) throw unknownArchitecture(path, general.architecture);
  return {
    path,
    stats,
    facts: {
      name: basename(path).replace(/\.gguf$/i, ''),
      path,
      server: null,
      architecture: general.architecture,
      quantization: quantizationOf(native, info),
      parameters: parametersOf(info),
      bytes: stats.size,
    },
  };
}

async function statModel(path: string): Promise<Stats> {
  const stats = await stat(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  if (!stats.isFile()) throw invalid(path, 'is not a file. Choose a GGUF model file.');
  if (stats.size === 0) throw invalid(path, 'is empty. Download it again.');
  return stats;
}

/** Whatever keeps a file from being opened, as an error that names the path and what to do. */
function unreadable(path: string, cause: unknown): MentorCollabError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const message = `There is no model file at ${path}. Check the path, or choose another model.`;
    return new MentorCollabError('model-missing', message, { cause });
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return invalid(path, `can't be read: ${reason}. Check its permissions.`, cause);
}

async function checkMagic(path: string, stats: Stats): Promise<void> {
  const file = await open(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(512), position: 0 });
    const start = buffer.toString('latin1', 0, bytesRead);
    if (start.startsWith('GGUF')) return;
    if (/^\s*<(?:!doctype|html|\?xml)/i.test(start)) {
      throw invalid(path, 'is a web page, not a model: the download saved an error or log-in page. Download it again.');
    }
    if (start.startsWith('version https://git-lfs')) {
      throw invalid(path, 'is a Git LFS pointer, not the model itself. Fetch it with "git lfs pull", or download it.');
    }
    throw invalid(path, `is not a GGUF file (${stats.size} bytes). Choose a model in GGUF format.`);
  } finally {
    await file.close();
  }
}

async function readHeader(native: NativeLlama, path: string): Promise<GgufFileInfo> {
  try {
    return await native.module.readGgufFileInfo(path, {
      sourceType: 'filesystem',
      logWarnings: false,
      ignoreKeys: SKIPPED_KEYS,
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw invalid(path, `has a header that can't be read (${reason}). Download it again.`, cause);
  }
}

/** llama.cpp says only that loading failed; the header tells how long the file should be. */
function checkLength(info: GgufFileInfo, path: string, stats: Stats): void {
  // A header that is cut off itself is read as if zeros followed, and then ends behind the file.
  const ends = (info.tensorInfo ?? []).map((tensor) => Number(tensor.fileOffset) + tensorBytes(tensor));
  const expected = ends.reduce((longest, end) => Math.max(longest, end), info.infoEndOffset ?? 0);
  if (expected <= stats.size && ends.length > 0) return;
  if (ends.length === 0)
    throw invalid(path, 'holds no tensors: it is cut off, or only a vocabulary. Download it again.');
  throw invalid(path, `is truncated: ${stats.size} of at least ${expected} bytes. Download it again.`);
}

function quantizationOf(native: NativeLlama, info: GgufFileInfo): string | null {
  const fileType = info.metadata.general.file_type;
  if (fileType === undefined) return null;
  // A file may be newer than the list.
  const names: Readonly<Record<number, string | undefined>> = native.module.GgufFileType;
  // The names begin with how much of the file has the type, as in MOSTLY_Q8_0.
  return names[fileType]?.replace(/^(?:ALL|MOSTLY)_/, '') ?? null;
}

function parametersOf(info: GgufFileInfo): number | null {
  const tensors = info.fullTensorInfo ?? info.tensorInfo;
  if (!tensors) return null;
  return tensors.reduce(
    (sum, { dimensions }) => sum + dimensions.reduce((product: number, size) => product * Number(size), 1),
    0,
  );
}

function unknownArchitecture(path: string, architecture: string): MentorCollabError {
  return new MentorCollabError(
    'model-unsupported',
    `This engine can't run the model ${path}: it does not know the architecture "${architecture}". Choose another model.`,
  );
}

function invalid(path: string, what: string, cause?: unknown): MentorCollabError {
  return new MentorCollabError('model-invalid', `The model file ${path} ${what}`, { cause });
}

import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { GgufFileInfo, GgufInsights } from 'node-llama-cpp';
import { MentorCollabError } from '../../core/errors.ts';
import type { ModelFacts } from '../../core/languageModel.ts';
import { problemOfStart, readGgufHeader } from '../../models/gguf/ggufHeader.ts';
import { tensorBytes } from '../../models/gguf/tensorBytes.ts';
import type { NativeLlama } from '../nativeLlama.ts';
import type { ModelPart } from './modelParts.ts';
import { findModelParts, invalidFile, unreadable } from './modelParts.ts';

/** A GGUF file whose header has been read and whose length is right; what its numbers are worth is not known yet. */
export interface GgufFile {
  /** Of its first part where it is split. */
  readonly path: string;
  /** One for a model that is not split. */
  readonly parts: readonly ModelPart[];
  readonly facts: Omit<ModelFacts, 'sha256' | 'contextSize'>;
  /** Whether it brings a chat template. */
  readonly hasChatTemplate: boolean;
  /** What llama.cpp's header tells, estimates of memory among it. */
  readonly insights: GgufInsights;
}

/** Large lists that loading reads again anyway. */
const SKIPPED_KEYS = [
  'tokenizer.ggml.tokens',
  'tokenizer.ggml.merges',
  'tokenizer.ggml.scores',
  'tokenizer.ggml.token_type',
];

/**
 * Looks at a model's files before anything native does, so that what is wrong with them can be said in words.
 *
 * @param wholeBytes - size of the whole model where only the beginning of its (first) file is on the disk; null for one
 * that is whole, whose length is then checked.
 * @throws MentorCollabError `model-missing` when a file is not there; `model-invalid` when one is empty, no GGUF, or cut
 * off; `bad-input` for another part than the first; `model-unsupported` when llama.cpp does not know its architecture.
 */
export async function readGgufFile(
  native: NativeLlama,
  path: string,
  wholeBytes: number | null = null,
): Promise<GgufFile> {
  const [first, ...others] = await findModelParts(path, wholeBytes === null);
  if (!first) throw new MentorCollabError('internal', 'A model has no file.');
  const parts = [first, ...others];
  for (const part of parts) await checkMagic(part);
  if (wholeBytes === null) await checkParts(native, parts);
  const info = await readHeader(native, first, parts.length > 1);
  const { general } = info.metadata;
  const insights = await native.module.GgufInsights.from(info, native.llama);
  if (!insights.isSupportedByLlamaCpp) throw unknownArchitecture(path, general.architecture);
  const template: unknown = info.metadata.tokenizer.chat_template;
  return {
    path,
    parts,
    insights,
    hasChatTemplate: typeof template === 'string' && template !== '',
    facts: {
      name: basename(path).replace(/(?:-00001-of-\d{5})?\.gguf$/i, ''),
      path,
      server: null,
      architecture: general.architecture,
      quantization: quantizationOf(native, info),
      parameters: parametersOf(info),
      bytes: wholeBytes ?? parts.reduce((sum, { stats }) => sum + stats.size, 0),
    },
  };
}

/** Each part's own header says how long it should be, and which part it is. */
async function checkParts(native: NativeLlama, parts: readonly ModelPart[]): Promise<void> {
  for (const [index, part] of parts.entries()) {
    const info = await readHeader(native, part, false);
    checkLength(info, part, index === 0);
    const { splitCount, splitNumber } = await readGgufHeader(part.path);
    const count = splitCount ?? 1;
    if (count === parts.length && (count === 1 || splitNumber === index)) continue;
    const what =
      parts.length === 1
        ? `is one of ${count} parts of a model, but its name does not end in -00001-of-${String(count).padStart(5, '0')}.gguf. Give all parts the names they were published with.`
        : `is not part ${index + 1} of ${parts.length}, as its name says. Download it again.`;
    throw invalidFile(part.path, what);
  }
}

async function checkMagic({ path, stats }: ModelPart): Promise<void> {
  const file = await open(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(512), position: 0 });
    const problem = problemOfStart(buffer.subarray(0, bytesRead));
    if (problem === null) return;
    throw invalidFile(
      path,
      `${problem}${WHAT_TO_DO[problem] ?? ` (${stats.size} bytes). Choose a model in GGUF format.`}`,
    );
  } finally {
    await file.close();
  }
}

/** What to do about some of the things that are found instead of a model. */
const WHAT_TO_DO: Readonly<Record<string, string | undefined>> = {
  'is a web page, not a model': ': the download saved an error or log-in page. Download it again.',
  'is a Git LFS pointer, not the model itself': '. Fetch it with "git lfs pull", or download it.',
};

/** @param isSpliced - whether what a split model says in its other parts is put together with the first. */
async function readHeader(native: NativeLlama, { path }: ModelPart, isSpliced: boolean): Promise<GgufFileInfo> {
  try {
    return await native.module.readGgufFileInfo(path, {
      sourceType: 'filesystem',
      logWarnings: false,
      ignoreKeys: SKIPPED_KEYS,
      spliceSplitFiles: isSpliced,
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw invalidFile(path, `has a header that can't be read (${reason}). Download it again.`, cause);
  }
}

/** llama.cpp says only that loading failed; the header tells how long the file should be. */
function checkLength(info: GgufFileInfo, { path, stats }: ModelPart, needsTensors: boolean): void {
  // A header that is cut off itself is read as if zeros followed, and then ends behind the file.
  const ends = (info.tensorInfo ?? []).map((tensor) => Number(tensor.fileOffset) + tensorBytes(tensor));
  const expected = ends.reduce((longest, end) => Math.max(longest, end), info.infoEndOffset ?? 0);
  if (expected <= stats.size && (ends.length > 0 || !needsTensors)) return;
  if (ends.length === 0)
    throw invalidFile(path, 'holds no tensors: it is cut off, or only a vocabulary. Download it again.');
  throw invalidFile(path, `is truncated: ${stats.size} of at least ${expected} bytes. Download it again.`);
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

import type { Patch, Word } from '../../../src/core/languageModel.ts';
import { NO_USAGE } from '../../../src/core/languageModel.ts';
import type { TraceLine } from '../../../src/protocol/trace.ts';

export const SERVER = 'http://lab.example:8000/v1';

/**
 * A run's lines as they would be with both models on a server that tells no log-probabilities, and a third one there
 * that verifies.
 */
export function servedLines(lines: readonly TraceLine[]): TraceLine[] {
  return lines.map((line): TraceLine => {
    switch (line.type) {
      case 'run-started': {
        const served = (opened: typeof line.generator, name: string): typeof line.generator => ({
          promptAsSent: `[of ${name}] ${opened.promptAsSent}`,
          model: { ...opened.model, name, path: null, server: SERVER, quantization: null, parameters: null },
        });
        return {
          ...line,
          generator: served(line.generator, 'small-chat'),
          mentor: line.mentor && served(line.mentor, 'large-chat'),
          verifier: served(line.generator, 'judge'),
        };
      }
      case 'mentor-probed':
        return {
          ...line,
          generatorWord: untold(line.generatorWord),
          mentorWord: line.mentorWord && untold(line.mentorWord),
        };
      case 'patch-drafted':
        return { ...line, patch: untoldPatch(line.patch) };
      case 'patch-verified':
        return { ...line, score: null, choice: line.choice && { ...line.choice, letters: [] } };
      case 'step-taken': {
        const isVerified = line.cost.mentor.decoded > 10;
        const verifier = { ...NO_USAGE, ...(isVerified && { decoded: 1, prefilled: 77, timeMs: 12 }) };
        return { ...line, word: untold(line.word), cost: { ...line.cost, verifier } };
      }
      case 'prompt-read':
      case 'run-ended':
        return line;
    }
  });
}

function untold(word: Word): Word {
  return { ...word, pieces: withoutNumbers(word.pieces), candidates: [], entropy: null };
}

function untoldPatch(patch: Patch): Patch {
  return { ...patch, pieces: withoutNumbers(patch.pieces) };
}

function withoutNumbers(pieces: Word['pieces']): Word['pieces'] {
  return pieces.map(({ text }) => ({ text, logProbability: null, lead: null, candidates: [] }));
}

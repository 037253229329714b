import { seededRandom } from '../../../src/core/randomSource.ts';
import type { Source } from '../../../src/core/runEvent.ts';
import type { Script } from './scriptedSolver.ts';
import type { ScriptedStep } from './scriptedRun.ts';

const SOURCES: readonly Source[] = ['generator', 'generator', 'agreed', 'mentor'];
const WORDS = [' so', ' größer', ' 🎲', ' <b>', ' "\n', ' ½'];

/** Runs that look like anything, but the same for the same request: with probes, answers or none, and failures. */
export const randomScript: Script = (request) => {
  const text = Buffer.from(request.runId).reduce((sum, byte) => (31 * sum + byte) % 2 ** 31, 7);
  const random = seededRandom(request.settings.seed + text);
  const below = (bound: number): number => Math.floor(random() * bound);
  const canProbe = request.mentor !== null;
  const steps = Array.from({ length: 1 + below(8) }, (): ScriptedStep => {
    const source = canProbe ? (SOURCES[below(SOURCES.length)] ?? 'generator') : 'generator';
    const isProbed = canProbe && random() < 0.5;
    const word = WORDS[below(WORDS.length)] ?? '';
    return { text: word, source, isProbed, ...(random() < 0.7 && { score: 8 * random() - 4 }) };
  });
  const answer = random() < 0.8 ? [{ text: ` The answer is ${below(4)}.` }] : [];
  const stop = random() < 0.15 ? 'failed' : random() < 0.2 ? 'maxTokens' : 'end';
  return { steps: [...steps, ...answer], stop, timeMs: 1 + below(50) };
};

import type { RandomSource } from '../../../src/core/randomSource.ts';
import { seededRandom } from '../../../src/core/randomSource.ts';
import { RunScript } from './runScript.ts';

/** What a long run is made of. */
export interface ReasoningRunOptions {
  /** Steps of the run; most leave one word, a patch some more. */
  readonly steps: number;
  /** Default 1. */
  readonly seed?: number;
  /** Whether the text has no line end at all; by default it has one every sixty words or so. */
  readonly isOneLine?: boolean;
  /** Default `long`. */
  readonly runId?: string;
}

const WORDS =
  'so we take the sum of both sides and then each term is even while the other one stays as it was because no shell is counted twice which means that half of them go into a box'.split(
    ' ',
  );
const FORMULAS = ['$5 \\times 6 = 30$', '$x^2 + y^2$', '`count(a, b)`', '**twice**', '$\\frac{3}{4}$'];
const BREAKS = ['.\n\n', '.\n\n', '.\n- ', ':\n\n$$\na^2 + b^2 = c^2\n$$\n\n', '.\n\n### Next\n\n', '.\n1. '];

/** A run as a reasoning model writes it, whose every fourth word or so is probed, of which every third is disputed. */
export function reasoningRun({ steps, seed = 1, isOneLine = false, runId = 'long' }: ReasoningRunOptions): RunScript {
  const random = seededRandom(seed);
  const script = new RunScript(runId, 'How many shells fit into the boxes?');
  for (let step = 0; step < steps - 1; step++) {
    const isBreak = !isOneLine && random() < 1 / 60;
    const word = isBreak ? `${pick(random, BREAKS)}${pick(random, WORDS)}` : nextWord(random);
    if (random() >= 0.24) script.writeWhole(word);
    else if (random() < 0.67) script.agree(word);
    else disagree(script, random);
  }
  return script.writeWhole(' lastword.');
}

function disagree(script: RunScript, random: RandomSource): void {
  const patch = (): string => Array.from({ length: 4 + Math.floor(random() * 9) }, () => nextWord(random)).join('');
  script.diverge({
    generatorWord: nextWord(random),
    mentorWord: nextWord(random),
    generatorPatch: patch(),
    mentorPatch: patch(),
    letter: random() < 0.5 ? 'B' : 'A',
    score: random() * 4 - 2,
  });
}

function nextWord(random: RandomSource): string {
  return ` ${pick(random, random() < 0.03 ? FORMULAS : WORDS)}`;
}

function pick(random: RandomSource, from: readonly string[]): string {
  return from[Math.floor(random() * from.length)] ?? '';
}

import type { BenchItem } from '../../../src/bench/data/benchItem.ts';
import type { TrainingPlan } from '../../../src/bench/training/trainingPlan.ts';
import type { TrainingRun } from '../../../src/bench/training/trainVerifier.ts';
import { fileSource } from '../../../src/core/modelSource.ts';
import { presetSettings } from '../../../src/core/runSettings.ts';
import type { PairScript } from '../../support/bench/pairSolver.ts';
import { numberItems } from '../../support/bench/testItems.ts';

/** The number of a question `What is 7?`. */
function numberOf(question: string): number {
  return Number(/\d+/.exec(question)?.[0]);
}

/** From its first two words on, an answer that is right if the first word is ` Right`. */
function rest(question: string, text: string): readonly string[] {
  const whole = [
    ...` The answer is ${text.startsWith(' Right') ? numberOf(question) : 99}.`.matchAll(/ \S+?(?=\.| |$)|\./g),
  ];
  const written = text.replace(/^ \S+ \S+/, '');
  let length = 0;
  return whole
    .map(([piece]) => piece)
    .filter((piece) => {
      const isOpen = length >= written.length;
      length += piece.length;
      return isOpen;
    });
}

/** The first word decides of the answer, the second one of nothing; models say different ones of both. */
function scriptOf(first: (question: string) => string, second: string): PairScript {
  return (question, text) => {
    if (text === '') return [first(question)];
    return /^ \S+$/.test(text) ? [second] : rest(question, text);
  };
}

/** Of questions with numbers that three divides the generator knows the answer alone, of all others the mentor alone. */
export const TRAINING_PAIR = {
  generator: scriptOf((question) => (numberOf(question) % 3 === 0 ? ' Right' : ' Wrong'), ' so'),
  mentor: scriptOf((question) => (numberOf(question) % 3 === 0 ? ' Wrong' : ' Right'), ' thus'),
};

/** A training on the pair: two divergences a question, of which one tells anything. */
export function trainingPlan(fields: Partial<TrainingPlan> = {}, count = 4): TrainingPlan {
  const items: readonly BenchItem[] = numberItems(count);
  return {
    data: 'data.jsonl',
    dataSha256: null,
    items,
    generator: fileSource('/models/small.gguf'),
    mentor: fileSource('/models/large.gguf'),
    prompt: {},
    answers: 'strict',
    engine: { contextSize: null, threads: null, gpu: 'auto' },
    isRaw: false,
    settings: { ...presetSettings('paper-free'), seed: 1, decision: { policy: 'always' }, patchTokens: 1 },
    mostDivergences: 8,
    version: '0.0.0',
    ...fields,
  };
}

/** Hears nothing. */
export const NOBODY: TrainingRun['listener'] = {
  onQuestion: () => undefined,
  onBegin: () => undefined,
  onProgress: () => undefined,
  onFailed: () => undefined,
  onFit: () => undefined,
  onEpoch: () => undefined,
};

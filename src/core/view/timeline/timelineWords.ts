import type { Outcome } from '../runView.ts';
import type { StepMeasure } from './stepMeasure.ts';
import type { TimelineSeries } from './timelineSeries.ts';

/** What became of a probe, in a few words. */
export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  agreed: 'both agreed',
  keptGenerator: "generator's patch kept",
  tookMentor: "mentor's patch taken",
};

/** A probability 0..1 with two decimals; one that is not 0 never reads `0.00`, and only a certain one `1.00`. */
export function probabilityWords(probability: number): string {
  if (probability > 0 && probability < 0.005) return '<0.01';
  return probability < 1 && probability >= 0.995 ? '>0.99' : probability.toFixed(2);
}

/** All that a timeline knows of a step, as one clause after the other. */
export function stepWords({ step, word, probability, entropy, outcome }: StepMeasure, total: number): string {
  return [
    `Step ${step} of ${total}`,
    word === '' ? "the generator's end of the text" : `word ${quoted(word)}`,
    probability === null ? 'probability not measured' : `probability ${probabilityWords(probability)}`,
    ...(entropy === null ? [] : [`entropy ${entropy.toFixed(2)} nats`]),
    outcome === null ? 'not probed' : OUTCOME_WORDS[outcome],
  ].join(', ');
}

/** The run in three sentences, for those who do not see the timeline. */
export function timelineSummary(series: TimelineSeries): string {
  const all = series.summary(0, series.length);
  if (!all) return 'No step has been taken.';
  const sentences = [series.length === 1 ? '1 step.' : `${series.length.toLocaleString('en-US')} steps.`];
  const [least] = series.leastCertain;
  if (all.probability && least) {
    const mean = probabilityWords(all.probability.sum / all.probability.count);
    const low = probabilityWords(all.probability.low);
    sentences.push(
      `The generator's probability of its own word is ${mean} on average, the lowest ${low} at step ${least.step}.`,
    );
  }
  if (all.entropy !== null) sentences.push(`The highest entropy measured is ${all.entropy.toFixed(2)} nats.`);
  const count = (outcome: Outcome): string => series.stepsWith(outcome).length.toLocaleString('en-US');
  sentences.push(
    series.probed.length === 0
      ? 'The mentor was never probed.'
      : `Of ${series.probed.length.toLocaleString('en-US')} probes, ${count('tookMentor')} took the mentor's patch, ${count('keptGenerator')} kept the generator's, ${count('agreed')} agreed.`,
  );
  return sentences.join(' ');
}

/** A step worth a look: a divergence, or one of the least certain. */
export interface NotableStep {
  readonly measure: StepMeasure;
  readonly isLeastCertain: boolean;
}

/** The steps worth a look, in their order, and how many more there are. */
export interface NotableSteps {
  readonly steps: readonly NotableStep[];
  /** Divergences that the list leaves out. */
  readonly leftOut: number;
}

/** The most divergences of each kind in a list of notable steps. */
const MOST_OF_A_KIND = 20;

/** Where the mentor's patch was taken, where the generator's was kept, and where the generator was least sure; bounded. */
export function notableSteps(series: TimelineSeries): NotableSteps {
  const kinds = (['tookMentor', 'keptGenerator'] as const).map((outcome) => series.stepsWith(outcome));
  const all = series.summary(0, series.length)?.probability;
  const mean = all ? all.sum / all.count : 0;
  // Where all words are equally certain, none is worth a look for that.
  const least = series.leastCertain.filter(({ probability }) => (probability ?? 1) < mean).map(({ step }) => step);
  const listed = new Set([...kinds.flatMap((steps) => steps.slice(0, MOST_OF_A_KIND)), ...least]);
  const notable = [...listed]
    .sort((a, b) => a - b)
    .flatMap((step) => {
      const measure = series.at(step);
      return measure ? [{ measure, isLeastCertain: least.includes(step) }] : [];
    });
  const divergences = kinds.reduce((sum, steps) => sum + steps.length, 0);
  const shown = notable.filter(({ measure: { outcome } }) => outcome !== null && outcome !== 'agreed').length;
  return { steps: notable, leftOut: divergences - shown };
}

/** The most characters of a word that are told. */
const MOST_CHARACTERS = 40;

/** A word for people, blanks around it left out, or what it consists of. */
export function quoted(text: string): string {
  const characters = Array.from(text.trim().replace(/\s+/g, ' '));
  if (characters.length === 0) return text.includes('\n') ? '(line break)' : text === '' ? '(nothing)' : '(blanks)';
  const short = characters.length > MOST_CHARACTERS ? [...characters.slice(0, MOST_CHARACTERS - 1), '…'] : characters;
  return `“${short.join('')}”`;
}

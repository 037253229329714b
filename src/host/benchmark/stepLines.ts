import type { PeerName } from '../../bench/arms/peers.ts';
import { PEER_NAMES } from '../../bench/arms/peers.ts';
import type { BenchItem } from '../../bench/data/benchItem.ts';
import type { PresetName } from '../../core/runSettings.ts';
import { PRESET_NAMES } from '../../core/runSettings.ts';
import { DEFAULT_CHOICE } from './benchmarkChoice.ts';

/** A line to choose from. */
export interface ChoiceLine<Value> {
  readonly label: string;
  readonly description: string;
  readonly means: Value;
  /** Whether it is the one that is offered. */
  readonly picked: boolean;
}

const PRESET_WORDS: Readonly<Record<PresetName, string>> = {
  'paper-free': 'both models, as published: the generator verifies',
  'paper-mlp': 'both models, as published: a trained verifier decides',
  balanced: 'both models; the mentor is asked where the generator is unsure',
  frugal: 'as balanced, with fewer probes',
  thorough: 'as balanced, with more probes',
  'always-mentor': 'both models; the mentor’s patch is taken always',
  'always-generator': 'both models; the mentor’s patch is taken never',
  coin: 'both models; a coin decides',
};

const PEER_WORDS: Readonly<Record<PeerName, string>> = {
  nudging: 'for comparison, the rule of Nudging: the mentor’s word where the generator is unsure',
  cosd: 'for comparison, the rule of CoSD: as nudging, unless the mentor is less than half as sure',
  specreason: 'for comparison, the rule of SpecReason: the mentor scores sentences and rewrites the bad ones',
};

/** The arms that can be compared. */
export function armLines(names: {
  readonly generator: string;
  readonly mentor: string;
}): readonly ChoiceLine<string>[] {
  const line = (label: string, description: string): ChoiceLine<string> => ({
    ...{ label, description, means: label },
    picked: DEFAULT_CHOICE.arms.some((arm) => arm === label),
  });
  return [
    line('generator', `${names.generator} alone`),
    line('mentor', `${names.mentor} alone`),
    ...PRESET_NAMES.map((preset) => line(preset, PRESET_WORDS[preset])),
    ...PEER_NAMES.map((peer) => line(peer, PEER_WORDS[peer])),
  ];
}

/** How many questions of each domain can be asked, with what that comes to. */
export function limitLines(items: readonly Pick<BenchItem, 'domain'>[]): readonly ChoiceLine<number | null>[] {
  const counts = [
    ...items
      .reduce((map, { domain }) => map.set(domain, (map.get(domain) ?? 0) + 1), new Map<string, number>())
      .values(),
  ];
  const most = Math.max(...counts);
  const limits = [DEFAULT_CHOICE.limit, 100].filter((limit) => limit < most);
  const of = counts.length === 1 ? '' : ` of each of ${counts.length} domains`;
  return [
    ...limits.map((limit) => ({
      label: `The first ${limit}${of}`,
      description:
        limit === DEFAULT_CHOICE.limit ? `${questions(counts, limit)}, for a first look` : questions(counts, limit),
      means: limit,
      picked: limit === DEFAULT_CHOICE.limit,
    })),
    { label: 'All', description: questions(counts, most), means: null, picked: limits.length === 0 },
  ];
}

function questions(counts: readonly number[], limit: number): string {
  const sum = counts.reduce((all, count) => all + Math.min(count, limit), 0);
  return `${sum} ${sum === 1 ? 'question' : 'questions'}`;
}

/**
 * How often an arm with chance in it can be run.
 *
 * @param runs - how many runs that comes to.
 */
export function seedLines(runs: (seeds: number) => number): readonly ChoiceLine<number>[] {
  return [
    { label: '1 seed', description: `${runs(1)} runs`, means: 1, picked: true },
    {
      label: '3 seeds',
      description: `${runs(3)} runs: what has chance in it runs thrice, for a steadier figure`,
      means: 3,
      picked: false,
    },
  ];
}

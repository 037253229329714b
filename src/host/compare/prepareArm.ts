import type { ComparedArm } from '../../protocol/compare.ts';
import { ALONE } from '../runs/presetName.ts';
import type { PreparedRun, RunSources } from '../runs/prepareRun.ts';
import { prepareRun } from '../runs/prepareRun.ts';

/** The arms in the order in which they are run and shown: the pair is measured against each of its models alone. */
export const COMPARED_ARMS: readonly ComparedArm[] = ['generator', 'mentor', 'pair'];

/** How users know the arms. */
export const ARM_TITLES: Readonly<Record<ComparedArm, string>> = {
  generator: 'Generator alone',
  mentor: 'Mentor alone',
  pair: 'Pair',
};

/**
 * Puts one arm's run together from the settings of this moment. One model alone is the loop that never probes; the
 * mentor alone is the loop with the mentor as generator.
 */
export function prepareArm(runId: string, arm: ComparedArm, question: string, sources: RunSources): PreparedRun {
  const pair = prepareRun(runId, { question, origin: null }, sources);
  if (arm === 'pair') return pair;
  const { generatorName, mentorName } = pair.facts;
  const name = arm === 'mentor' ? (mentorName ?? generatorName) : generatorName;
  const facts = { ...pair.facts, generatorName: name, mentorName: null, preset: ALONE };
  if ('error' in pair) return { ...pair, facts };
  const { request } = pair;
  return {
    facts,
    request: {
      ...request,
      generator: arm === 'mentor' ? (request.mentor ?? request.generator) : request.generator,
      mentor: null,
      verifier: null,
      settings: { ...request.settings, decision: { policy: 'never' } },
    },
  };
}

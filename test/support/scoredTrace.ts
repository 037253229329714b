import type { ScriptedTrace } from './scriptedTrace.ts';
import { scriptedTrace } from './scriptedTrace.ts';

/**
 * The trace of a run whose mentor scores each sentence: it gives `The sum is 4.` a 3 and writes `The sum is 5.` in its place
 * (step 0), and keeps ` The answer is 4.` with an 8 (step 1), so that the generator's is the only patch there.
 */
export function scoredTrace(): Promise<ScriptedTrace> {
  return scriptedTrace({
    settings: { decision: 'stepStart', threshold: 0, verification: 'score', patchTokens: 'sentence' },
    score: (suffix) => (suffix.startsWith('The sum') ? '3' : '8'),
  });
}

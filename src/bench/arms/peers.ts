import type { RunSettingsInput } from '../../core/resolveRunSettings.ts';

/** Published rules of other methods that are compared with on the same problems, as far as the parts of the loop make them up. */
export type PeerName = 'nudging' | 'cosd' | 'specreason';

/** In the order in which they are offered. */
export const PEER_NAMES: readonly PeerName[] = ['nudging', 'cosd', 'specreason'];

/** A method, and the settings that are its rule; they go before what is set for all arms. */
export interface Peer {
  /** Its name and where it was published. */
  readonly source: string;
  readonly input: RunSettingsInput;
}

/** What has to be as published, so that settings for all arms don't make another rule of it. */
const PLAIN: RunSettingsInput = { preset: 'paper-free', earlyRejoin: false, readAhead: false };

export const PEERS: Readonly<Record<PeerName, Peer>> = {
  // Where the generator's top probability is below 0.4 the mentor's next word is taken, unseen by any verifier (method.md). The
  // paper looks at each token; here it is the least sure piece of a word.
  nudging: {
    source: 'Nudging (arXiv 2410.09300)',
    input: { ...PLAIN, decision: 'confidence', threshold: 0.4, verification: 'alwaysMentor', patchTokens: 'word' },
  },
  // CoSD-Rule: tokens differ, the draft's probability is below alpha, and the assistant's is above beta times that; alpha = beta =
  // 0.5 in the published code. Asking only below alpha gives the same text as asking everywhere, since the draft's token is kept
  // elsewhere. The mentor reads several words in one pass, as the assistant does there.
  cosd: {
    source: 'CoSD-Rule (arXiv 2502.08020)',
    input: {
      ...PLAIN,
      readAhead: true,
      decision: 'confidence',
      threshold: 0.5,
      verification: 'halfAsSure',
      patchTokens: 'word',
    },
  },
  // Each step is drafted by the generator, scored by the mentor, and written by the mentor where it is below 7. A step is a sentence
  // or line here, and up to a blank line there.
  specreason: {
    source: 'SpecReason (arXiv 2504.07891)',
    input: { ...PLAIN, decision: 'stepStart', threshold: 0, verification: 'score', patchTokens: 'sentence' },
  },
};

/** Whether a name is a peer's. */
export function isPeerName(name: string): name is PeerName {
  return PEER_NAMES.some((known) => known === name);
}

import type { RandomSource } from '../randomSource.ts';

/** How it is decided at which words the mentor is probed (method.md, step 2). */
export type DecisionSettings =
  /** Each word with this probability, 0..1; 1 probes every word. */
  | { readonly policy: 'random'; readonly probability: number }
  /** At the listed step indices, from 0; for replays and tests. */
  | { readonly policy: 'positions'; readonly steps: readonly number[] }
  | { readonly policy: 'always' }
  | { readonly policy: 'never' };

/** Why a step was probed, with the numbers that decided. */
export type ProbeReason =
  | { readonly policy: 'random'; readonly draw: number; readonly probability: number }
  | { readonly policy: 'positions' }
  | { readonly policy: 'always' };

/** Decides step by step; `null` means no probe. A policy belongs to one run, since it may keep state. */
export type DecisionPolicy = (step: number) => ProbeReason | null;

/** The policy that the settings name; `random` draws exactly once a step. */
export function createDecisionPolicy(settings: DecisionSettings, random: RandomSource): DecisionPolicy {
  switch (settings.policy) {
    case 'random':
      return randomDecision(settings.probability, random);
    case 'positions':
      return positionsDecision(settings.steps);
    case 'always':
      return () => ({ policy: 'always' });
    case 'never':
      return () => null;
  }
}

function randomDecision(probability: number, random: RandomSource): DecisionPolicy {
  return () => {
    const draw = random();
    return draw < probability ? { policy: 'random', draw, probability } : null;
  };
}

function positionsDecision(steps: readonly number[]): DecisionPolicy {
  const wanted = new Set(steps);
  return (step) => (wanted.has(step) ? { policy: 'positions' } : null);
}

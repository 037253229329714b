/**
 * What the paper has published of its own models and data (arXiv 2602.05307). It is nothing that a bench here has
 * measured; a report shows it apart.
 */
export const PAPER = {
  citation: 'arXiv 2602.05307',
  pairs: 15,
  domains: 'three domains (math, general knowledge, commonsense)',
  /** Points of 100 over the generator alone: mean and best over the pairs. */
  averageGain: 3.0,
  bestGain: 8.0,
  /** Pairs that were better than their generator alone. */
  improved: 12,
  /** Mean share of tokens from the mentor, 0..1. */
  mentorShare: 0.184,
} as const;

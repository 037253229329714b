import type { GenerationUsage } from './generation.ts';

/** What the requests of one answer have cost together, in the shape of the OpenAI API; the pair's own numbers beside it. */
export function usageBody(usages: readonly GenerationUsage[]): object {
  const sum = (count: (usage: GenerationUsage) => number): number =>
    usages.reduce((total, usage) => total + count(usage), 0);
  const prompt = sum((usage) => usage.promptTokens);
  const completion = sum((usage) => usage.completionTokens);
  const isPair = usages.some(({ pair }) => pair !== null);
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: sum((usage) => usage.cachedTokens) },
    ...(isPair && { mentorcollab: pairBody(usages, completion) }),
  };
}

function pairBody(usages: readonly GenerationUsage[], completion: number): object {
  const sumOf = (author: 'generator' | 'mentor'): { accepted: number; decoded: number; prefilled: number } => {
    const counts = usages.flatMap(({ pair }) => (pair ? [pair[author]] : []));
    const sum = (field: 'accepted' | 'decoded' | 'prefilled'): number =>
      counts.reduce((total, one) => total + one[field], 0);
    return { accepted: sum('accepted'), decoded: sum('decoded'), prefilled: sum('prefilled') };
  };
  const mentor = sumOf('mentor');
  return {
    generator: sumOf('generator'),
    mentor,
    mentor_share: completion === 0 ? 0 : mentor.accepted / completion,
  };
}

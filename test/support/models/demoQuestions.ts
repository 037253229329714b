import { readFileSync } from 'node:fs';

const DOMAINS = ['math', 'commonsense', 'knowledge'] as const;

/** The first so many questions that ship with the demo pair, taken from its domains in turn. */
export function demoQuestions(count: number): readonly string[] {
  const byDomain = DOMAINS.map((domain) => {
    const path = new URL(`../../../media/models/problems/${domain}.jsonl`, import.meta.url);
    const lines = readFileSync(path, 'utf8').trim().split('\n');
    return lines.slice(0, Math.ceil(count / DOMAINS.length)).map(questionOf);
  });
  return Array.from({ length: count }, (_, index) => byDomain[index % 3]?.[Math.floor(index / 3)] ?? '');
}

function questionOf(line: string): string {
  return (JSON.parse(line) as { readonly question: string }).question;
}

import { formatTime } from '../../export/formatNumbers.ts';
import type { ServerReport } from '../../protocol/serverReport.ts';

/** What people call the programs behind a server. */
export const SERVER_KINDS: Readonly<Record<ServerReport['kind'], string>> = {
  'llama-server': 'llama-server',
  vllm: 'vLLM',
  sglang: 'SGLang',
  ollama: 'Ollama',
  'lm-studio': 'LM Studio',
  mentorcollab: 'mentorcollab serve',
  'openai-compatible': 'OpenAI-compatible',
};

const MOST_MODELS_TOLD = 20;

/** What a server can do, as rows of names and values. */
export function serverAbilities(report: ServerReport): readonly (readonly [string, string | null])[] {
  const { kind, version, model, contextSize, topLogProbabilities, hasPromptLogProbabilities, chatTemplate } = report;
  const isAboutModel = model !== null;
  return [
    ['Program', programName(kind, version)],
    ['Tested with', model],
    ['Context', contextSize === null ? null : `${contextSize.toLocaleString('en-US')} tokens`],
    ['Log-probabilities', isAboutModel ? describeTop(topLogProbabilities) : null],
    ['Log-probabilities of a prompt', isAboutModel ? (hasPromptLogProbabilities ? 'yes' : 'no') : null],
    ['Chat template', isAboutModel ? describeTemplate(chatTemplate) : null],
  ];
}

/** Some tell their name as their version. */
function programName(kind: ServerReport['kind'], version: string | null): string {
  const name = SERVER_KINDS[kind];
  return version === null || name.includes(version) ? name : `${name} ${version}`;
}

function describeTop(count: number): string {
  return count === 0 ? 'none' : `of the ${count} likeliest tokens`;
}

function describeTemplate({ from, name }: ServerReport['chatTemplate']): string {
  const named = name === null ? '' : ` (${name})`;
  switch (from) {
    case 'server':
      return `the server’s own${named}`;
    case 'family':
      return `that of the model’s family${named}`;
    case 'none':
      return 'none known: the question is sent as plain text';
  }
}

/** What a test of a server has found, as a document for people. */
export function serverReportText(report: ServerReport): string {
  const { models, remarks, timeMs } = report;
  const told = models.slice(0, MOST_MODELS_TOLD);
  const more = models.length - told.length;
  const list = told.length === 0 ? 'none' : told.join(', ') + (more > 0 ? ` and ${more} more` : '');
  const rows = [...serverAbilities(report), ['Models', list] as const, ['Time', formatTime(timeMs)] as const].flatMap(
    ([name, value]) => (value === null ? [] : [`${name}: ${value}`]),
  );
  return [rows.join('\n'), ...(remarks.length === 0 ? [] : [remarks.map((remark) => `• ${remark}`).join('\n')])].join(
    '\n\n',
  );
}

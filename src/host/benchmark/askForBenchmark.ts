import * as vscode from 'vscode';
import type { BenchItem } from '../../bench/data/benchItem.ts';
import type { BenchmarkChoice } from './benchmarkChoice.ts';
import { dataName, DEFAULT_CHOICE } from './benchmarkChoice.ts';
import type { BenchmarksOptions } from './benchmarks.ts';
import type { StepLine } from './pickStep.ts';
import { pickStep } from './pickStep.ts';
import type { ChoiceLine } from './stepLines.ts';
import { armLines, limitLines, seedLines } from './stepLines.ts';

const TITLE = 'Run Benchmark';
const STEPS = 4;
const CHOOSE_FILE = 'choose-file';

/** An answer, the question before, or nothing any more. */
type Answer<Value> = Value | 'back' | undefined;

/** Asks for everything that a benchmark needs, a few quick questions; undefined when the user gives up. */
export async function askForBenchmark(
  sources: BenchmarksOptions,
  lastDocument: vscode.TextDocument | null,
): Promise<BenchmarkChoice | undefined> {
  const { planBenchmark, readItems } = await sources.loadPlanner();
  const demo = await readItems('demo', sources);
  // Models and settings are found wrong before anything is asked.
  const { generatorName, mentorName } = await planBenchmark({ data: 'demo', ...DEFAULT_CHOICE }, demo, sources);
  let choice: BenchmarkChoice = { data: 'demo', ...DEFAULT_CHOICE };
  let items: readonly BenchItem[] = demo;
  for (let step = 1; step <= STEPS;) {
    let answer: Answer<BenchmarkChoice>;
    switch (step) {
      case 1:
        answer = await askData(choice, demo, lastDocument);
        if (typeof answer === 'object') items = await readItems(answer.data, sources);
        break;
      case 2:
        answer = await askArms(choice, { generator: generatorName, mentor: mentorName });
        break;
      case 3:
        answer = await askLimit(choice, items);
        break;
      default: {
        const counts = new Map<number, number>();
        for (const seeds of [1, 3]) counts.set(seeds, (await planBenchmark({ ...choice, seeds }, items, sources)).runs);
        answer = await askSeeds(choice, (seeds) => counts.get(seeds) ?? 0);
      }
    }
    if (answer === undefined) return undefined;
    if (answer !== 'back') choice = answer;
    step += answer === 'back' ? -1 : 1;
  }
  return choice;
}

async function askData(
  choice: BenchmarkChoice,
  demo: readonly BenchItem[],
  lastDocument: vscode.TextDocument | null,
): Promise<Answer<BenchmarkChoice>> {
  const domains = [...new Set(demo.map(({ domain }) => domain))];
  const count = (domain: string): string => `${demo.filter((item) => item.domain === domain).length} problems`;
  const active = lastDocument && isDataFile(lastDocument) ? lastDocument : null;
  const heading = (label: string): StepLine<string> => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const chosen = await pickStep<string>({
    ...{ title: TITLE, placeHolder: 'Which questions?', step: 1, totalSteps: STEPS },
    lines: [
      heading('Your own questions'),
      ...(active ? [activeLine(active)] : []),
      {
        label: '$(folder-opened) Choose File…',
        description: 'JSON Lines or JSON with questions and answers',
        means: CHOOSE_FILE,
      },
      heading('Problems that come with the demo pair'),
      {
        label: 'All demo problems',
        description: `${demo.length} problems in ${domains.length} domains`,
        means: 'demo',
        picked: active === null,
      },
      ...domains.map((domain) => ({
        label: `Demo problems: ${domain}`,
        description: count(domain),
        means: `demo:${domain}`,
      })),
    ],
  });
  if (chosen === undefined || chosen === 'back') return chosen;
  const data = chosen[0] === CHOOSE_FILE ? await chooseFile() : chosen[0];
  return data === undefined ? undefined : { ...choice, data };
}

/** Whether a document may hold questions: a JSON file that is on a disk, and no trace. */
function isDataFile({ uri, isUntitled }: vscode.TextDocument): boolean {
  return !isUntitled && /\.jsonl?$/i.test(uri.path) && !/\.mctrace\.jsonl$/i.test(uri.path);
}

function activeLine({ uri, isDirty }: vscode.TextDocument): StepLine<string> {
  const description = isDirty ? 'the file in the editor, as it was saved last' : 'the file in the editor';
  return { label: `$(file) ${dataName(uri.toString())}`, description, means: uri.toString(), picked: true };
}

async function chooseFile(): Promise<string | undefined> {
  const files = await vscode.window.showOpenDialog({
    title: 'Questions for a Benchmark',
    openLabel: 'Use',
    canSelectMany: false,
    filters: { 'JSON Lines and JSON': ['jsonl', 'json'], 'All files': ['*'] },
  });
  return files?.[0]?.toString();
}

async function askArms(
  choice: BenchmarkChoice,
  names: { readonly generator: string; readonly mentor: string },
): Promise<Answer<BenchmarkChoice>> {
  const lines = armLines(names).map((line) => ({ ...line, picked: choice.arms.includes(line.means) }));
  const placeHolder = 'What is to be compared?';
  const chosen = await pickStep({ title: TITLE, placeHolder, step: 2, totalSteps: STEPS, lines, isMany: true });
  if (chosen === undefined || chosen === 'back') return chosen;
  // In the order of the list, whatever the order of the clicks.
  return { ...choice, arms: lines.flatMap(({ means }) => (chosen.includes(means) ? [means] : [])) };
}

async function askLimit(choice: BenchmarkChoice, items: readonly BenchItem[]): Promise<Answer<BenchmarkChoice>> {
  const limit = await askOne('How many questions?', 3, limitLines(items));
  return limit === undefined || limit === 'back' ? limit : { ...choice, limit: limit.means };
}

async function askSeeds(choice: BenchmarkChoice, runs: (seeds: number) => number): Promise<Answer<BenchmarkChoice>> {
  const seeds = await askOne('How often?', 4, seedLines(runs));
  return seeds === undefined || seeds === 'back' ? seeds : { ...choice, seeds: seeds.means };
}

/** Which line was chosen: null is a value that a line may mean. */
async function askOne<Value>(
  placeHolder: string,
  step: number,
  choices: readonly ChoiceLine<Value>[],
): Promise<Answer<ChoiceLine<Value>>> {
  const lines = choices.map((line) => ({ ...line, means: line }));
  const chosen = await pickStep({ title: TITLE, placeHolder, step, totalSteps: STEPS, lines });
  return chosen === undefined || chosen === 'back' ? chosen : chosen[0];
}

import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchReport, MatrixReport } from '../../../src/bench/report/reportDocument.ts';
import { runCommand } from '../../../src/cli/commands.ts';
import { ScriptedContext } from '../scriptedContext.ts';
import { AnsweringEngine } from './answeringEngine.ts';

/** Two of the three are right where the answer is 5. */
const DATA = [
  { domain: 'math', question: 'a', answer: 5 },
  { domain: 'math', question: 'b', answer: '6' },
  { domain: 'facts', question: 'c', answer: '5.0' },
];

/** The `bench` command in worlds of its own, which are gone after each test. */
export class BenchFixture {
  readonly #contexts: ScriptedContext[] = [];

  constructor() {
    afterEach(() => {
      for (const { workingFolder } of this.#contexts.splice(0)) rmSync(workingFolder, { recursive: true });
    });
  }

  /** A world with `data.jsonl` in its working folder. */
  contextOf(
    engine = new AnsweringEngine(),
    options: ConstructorParameters<typeof ScriptedContext>[1] = {},
  ): ScriptedContext {
    const context = new ScriptedContext(engine, options);
    this.#contexts.push(context);
    writeData(context, 'data.jsonl', DATA);
    return context;
  }
}

export function writeData(context: ScriptedContext, name: string, items: readonly object[]): void {
  writeFileSync(join(context.workingFolder, name), items.map((item) => JSON.stringify(item)).join('\n'));
}

/** Runs the command on `data.jsonl`, unless the arguments name other data. */
export function bench(context: ScriptedContext, ...args: readonly string[]): ReturnType<typeof runCommand> {
  const data = args.includes('--data') ? [] : ['--data', 'data.jsonl'];
  return runCommand(['bench', ...data, ...args], context, '0.0.0');
}

/** What was printed by `--json`; written by the code under test, so its fields are what is checked. */
export function printed(context: ScriptedContext): BenchReport {
  return JSON.parse(context.output.written) as BenchReport;
}

/** The same for several pairs. */
export function printedMatrix(context: ScriptedContext): MatrixReport {
  return JSON.parse(context.output.written) as MatrixReport;
}

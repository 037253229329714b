// @ts-check
// `npm run try`: sets everything up, then solves the sample problem with the demo pair. Further options go to the CLI:
// `npm run try -- --seed 7`, or a question of your own: `npm run try -- --question "..."`.
import { join } from 'node:path';
import { runCommand } from './command.js';
import { runMain } from './runMain.js';
import { root, setUp } from './setUp.js';

await runMain(async () => {
  await setUp();
  const given = process.argv.slice(2);
  const hasQuestion = given.some((option) => /^--(question|file)\b/.test(option));
  const question = hasQuestion ? [] : ['--file', join(root, 'examples', 'sample-problem.txt')];
  return runCommand(process.execPath, [join(root, 'dist', 'cli.mjs'), 'solve', ...question, ...given]);
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Problems with a place where the demo generator's own patch comes out right, and not the mentor's: there are few. */
const FOR_THE_GENERATOR = ['commonsense-190', 'commonsense-208', 'math-109', 'math-160', 'math-245'];
/** Problems in which it is the other way round. */
const FOR_THE_MENTOR = ['001', '007', '008', '009', '011', '016', '017', '018', '020', '021'].map(
  (number) => `commonsense-${number}`,
);

/**
 * Writes a few of the shipped problems that a verifier of the demo pair can be fitted to: of both kinds, the first ones several
 * times, since a coin decides where their texts go.
 *
 * @param problems - the folder of the problems that ship.
 */
export function writeTrainingQuestions(path: string, problems: string): void {
  const all = ['math', 'commonsense'].flatMap((domain) =>
    readFileSync(join(problems, `${domain}.jsonl`), 'utf8')
      .trim()
      .split('\n')
      // The project's own file.
      .map((line) => JSON.parse(line) as { readonly id: string }),
  );
  const copies = (ids: readonly string[], count: number): readonly string[] =>
    ids.flatMap((id) => {
      const problem = all.find((one) => one.id === id);
      return Array.from({ length: count }, (_, copy) => JSON.stringify({ ...problem, id: `${id}-${copy}` }));
    });
  writeFileSync(path, [...copies(FOR_THE_GENERATOR, 5), ...copies(FOR_THE_MENTOR, 1)].join('\n'));
}

import { seededRandom } from '../../core/randomSource.ts';
import { freeSymbols, Evaluation } from './evaluation.ts';
import { LatexReader } from './latexReader.ts';

/** Beyond these an expression is no final answer, or is written to be slow; it then is equal to nothing but itself. */
const MAX_LENGTH = 200;
const MAX_DEPTH = 12;
const MAX_BARS = 6;

const READER = new LatexReader();

/** Points at which two expressions are compared, and how many of them must be defined for both. */
const POINTS = 12;
const ENOUGH_POINTS = 3;

/**
 * Whether two expressions in LaTeX are worth the same: at random points, as polynomials are told apart (R. Zippel 1979,
 * J. Schwartz 1980), since rewriting one into the other has no end to it. Undecided is not equal.
 */
export async function sameExpression(a: string, b: string): Promise<boolean> {
  if (!isHarmless(a) || !isHarmless(b)) return false;
  const [left, right] = [await READER.read(a), await READER.read(b)];
  if (left === null || right === null) return false;
  const names = [...new Set([...freeSymbols(left), ...freeSymbols(right)])].sort();
  let defined = 0;
  for (const point of points(names)) {
    const evaluation = new Evaluation(point);
    const [x, y] = [evaluation.valueOf(left), evaluation.valueOf(right)];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    if (!evaluation.isSame(x, y)) return false;
    defined += 1;
  }
  return defined >= (names.length === 0 ? 1 : ENOUGH_POINTS);
}

function isHarmless(text: string): boolean {
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if ('([{'.includes(character)) depth += 1;
    if (')]}'.includes(character)) depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  const bars = text.split(/\||\\[lr]?vert/i).length - 1;
  return text.length <= MAX_LENGTH && deepest <= MAX_DEPTH && bars <= MAX_BARS;
}

/** Always the same ones; every other has negative coordinates too, which tell |x| from x. */
function* points(names: readonly string[]): Generator<ReadonlyMap<string, number>> {
  const random = seededRandom(1);
  for (let index = 0; index < (names.length === 0 ? 1 : POINTS); index++) {
    yield new Map(
      names.map((name) => {
        const size = 0.3 + 2 * random();
        return [name, index % 2 === 1 && random() < 0.5 ? -size : size];
      }),
    );
  }
}

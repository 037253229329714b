import { MentorCollabError } from '../../core/errors.ts';

/** Points of a range where their number is not given: enough to see a curve, few enough to wait for. */
const DEFAULT_POINTS = 6;
const MOST_POINTS = 100;
const SYNTAX = 'probability=0.05..1, probability=0.05..1/10 for ten points, or a list such as probability=0.1,0.5';

/**
 * The probabilities of a sweep such as `probability=0.05..1`: of a range so many points at equal ratios, since what
 * differs is the number of probes; of a list its own. Ascending, each once.
 *
 * @throws MentorCollabError `bad-input` for anything else.
 */
export function parseSweep(text: string): readonly number[] {
  const match = /^probability=(.+)$/.exec(text.trim());
  if (!match) throw refused(text);
  const range = /^([^.,/]*(?:\.\d+)?)\.\.([^,/]+)(?:\/(\d+))?$/.exec(match[1] ?? '');
  const points = range ? inRange(range, text) : (match[1] ?? '').split(',').map((part) => share(part, text));
  return [...new Set(points)].sort((a, b) => a - b);
}

function inRange([, first = '', last = '', count]: RegExpExecArray, text: string): readonly number[] {
  const [low, high] = [share(first, text), share(last, text)];
  const points = count === undefined ? DEFAULT_POINTS : Number(count);
  if (low === 0 || low >= high || points < 2 || points > MOST_POINTS) {
    throw new MentorCollabError(
      'bad-input',
      `The sweep "${text}" must go from above 0 up to more, in 2 to ${MOST_POINTS} points: ${SYNTAX}.`,
    );
  }
  const ratio = (high / low) ** (1 / (points - 1));
  const between = Array.from({ length: points - 2 }, (_, index) => rounded(low * ratio ** (index + 1)));
  return [low, ...between.filter((point) => point > low && point < high), high];
}

/** To three digits, so that arms have names that people can read. */
function rounded(probability: number): number {
  return Number(probability.toPrecision(3));
}

function share(part: string, text: string): number {
  const value = part.trim() === '' ? NaN : Number(part);
  if (value >= 0 && value <= 1) return value;
  throw refused(text);
}

function refused(text: string): MentorCollabError {
  return new MentorCollabError('bad-input', `The sweep "${text}" is not understood. Give ${SYNTAX}; all from 0 to 1.`);
}

import { extractAnswer } from '../../core/answer/extractAnswer.ts';
import { sameAnswer } from '../../core/answer/sameAnswer.ts';
import type { AnswerMode, Judgement } from './judgement.ts';
import { UNPARSED } from './judgement.ts';

/**
 * Compares numbers. Strict takes the stated answer alone, with a currency before it and a unit behind it; flexible takes
 * the last number of the text, as `flexible-extract` of lm-evaluation-harness's gsm8k does.
 */
export function judgeNumber(visible: string, expected: string, mode: AnswerMode): Judgement {
  const stated = extractAnswer(visible);
  if (mode === 'strict' && stated === null) return UNPARSED;
  if (mode === 'strict' && sameAnswer(stated, expected)) return { given: stated, isCorrect: true, isParsed: true };
  const given = mode === 'strict' ? onlyNumber(stated ?? '') : (numbersIn(visible).at(-1) ?? null);
  if (given === null) return { given: stated, isCorrect: false, isParsed: stated !== null };
  const isCorrect = sameAnswer(given, onlyNumber(expected) ?? expected);
  return { given, isCorrect, isParsed: true };
}

/** The one number of a stated answer such as `$18 per day` or `x = 5`; null for none, and for several. */
function onlyNumber(stated: string): string | null {
  const [number, ...others] = numbersIn(stated.split('=').at(-1) ?? '');
  return number === undefined || others.length > 0 ? null : number;
}

/**
 * A sign that subtracts nothing, a currency, digits with commas between thousands, and the rest of a fraction. Digits of
 * a name or an exponent (`x1`, `m^2`) are none.
 */
const NUMBER =
  /((?<![\w)\]}]\s?)-)?(?<![A-Za-z_^\d.]|[_^]\{)[$€£]?(-?)((?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+)(?:\s?\/\s?(\d+)(?![\d/.]))?/g;

/** The numbers of a text, plain: `-1,234.50 dollars` is `-1234.50`. */
function numbersIn(text: string): readonly string[] {
  return [...plainText(text).matchAll(NUMBER)].map(([, sign, innerSign, digits = '', denominator]) => {
    const value = `${sign ?? innerSign ?? ''}${digits.replaceAll(',', '')}`;
    // Zero is no denominator, and 2.5/3 is no fraction of two whole numbers: the number before the slash stands alone.
    const isFraction = denominator !== undefined && Number(denominator) !== 0 && !digits.includes('.');
    return isFraction ? `${value}/${denominator}` : value;
  });
}

/** LaTeX's ways to write a number, as on a typewriter. */
function plainText(text: string): string {
  return text
    .replaceAll('\u2212', '-')
    .replaceAll('{,}', ',')
    .replace(/(?<=\d)\\[,! ](?=\d{3})/g, '')
    .replaceAll('\\$', '$')
    .replace(/\\[dtc]?frac\{(-?\d+)\}\{(\d+)\}/g, '$1/$2')
    .replace(/[*`]/g, '');
}

/** Of one argument. A degree is a number of radians. */
const FUNCTIONS: ReadonlyMap<string, (x: number) => number> = mapOf({
  Negate: (x) => -x,
  Sqrt: Math.sqrt,
  Square: (x) => x * x,
  Abs: Math.abs,
  Exp: Math.exp,
  Ln: Math.log,
  Lb: Math.log2,
  Lg: Math.log10,
  Factorial: factorial,
  Floor: Math.floor,
  Ceil: Math.ceil,
  Degrees: (x) => (x * Math.PI) / 180,
  Sin: Math.sin,
  Cos: Math.cos,
  Tan: Math.tan,
  Cot: (x) => 1 / Math.tan(x),
  Sec: (x) => 1 / Math.cos(x),
  Csc: (x) => 1 / Math.sin(x),
  Arcsin: Math.asin,
  Arccos: Math.acos,
  Arctan: Math.atan,
  Sinh: Math.sinh,
  Cosh: Math.cosh,
  Tanh: Math.tanh,
});

/** Of two arguments. */
const OPERATIONS: ReadonlyMap<string, (x: number, y: number) => number> = mapOf({
  Divide: quotient,
  Rational: quotient,
  Power: (x, y) => (x === 0 && y < 0 ? NaN : x ** y),
  Root: root,
  Log: (x, base) => Math.log(x) / Math.log(base),
  Binomial: binomial,
});

const CONSTANTS: ReadonlyMap<string, number> = mapOf({
  Pi: Math.PI,
  ExponentialE: Math.E,
  e: Math.E,
  PositiveInfinity: Infinity,
  NegativeInfinity: -Infinity,
});

/** What `\sin^{-1}` and its kin mean: the parser takes them for powers. */
const INVERSES: ReadonlyMap<string, string> = mapOf({ Sin: 'Arcsin', Cos: 'Arccos', Tan: 'Arctan' });

/** Relative; what is left of 53 bits after a few dozen operations. */
const TOLERANCE = 1e-10;
/** Beyond this size neighbouring whole numbers can't be told apart within the tolerance. */
const LARGEST_WHOLE = 1e9;

/** The names in an expression that are no constants. */
export function freeSymbols(expression: unknown): readonly string[] {
  const name = symbolOf(expression);
  if (name !== null) return CONSTANTS.has(name) ? [] : [name];
  return operands(expression).flatMap(freeSymbols);
}

/**
 * What expressions in MathJSON are worth at one point, as far as that is a real number; NaN for anything else. `i` is a
 * name like any other, which tells most complex numbers apart. Every
 * operation takes a fixed time, whatever its operands.
 */
export class Evaluation {
  readonly #point: ReadonlyMap<string, number>;
  /** The largest term of any sum so far, which says how exact a difference can be. */
  #largestTerm = 0;

  constructor(point: ReadonlyMap<string, number>) {
    this.#point = point;
  }

  /** Whether two values are the same but for rounding. Large whole numbers must be equal to the last digit. */
  isSame(x: number, y: number): boolean {
    if (!Number.isFinite(x) || !Number.isFinite(y)) return x === y;
    const size = Math.max(Math.abs(x), Math.abs(y));
    const isConstant = this.#point.size === 0;
    // A sum has lost its last digits there; a product or a number as it is written has not.
    if (x === y) return !isConstant || size <= Number.MAX_SAFE_INTEGER || this.#largestTerm === 0;
    if (isConstant && Number.isInteger(x) && Number.isInteger(y) && size > LARGEST_WHOLE) return false;
    return Math.abs(x - y) <= Math.max(TOLERANCE * size, 1e-13 * this.#largestTerm);
  }

  valueOf(expression: unknown): number {
    const number = numberOf(expression);
    if (number !== null) return number;
    const name = symbolOf(expression);
    if (name !== null) return CONSTANTS.get(name) ?? this.#point.get(name) ?? NaN;
    return this.#apply(headOf(expression), operands(expression));
  }

  #apply(head: string, args: readonly unknown[]): number {
    const inverse = this.#inverse(head, args);
    if (inverse !== null) return inverse;
    const values = args.map((arg) => this.valueOf(arg));
    const [x, y] = values;
    if (head === 'Add' || head === 'Subtract') return this.#sum(head === 'Add' ? values : [x ?? NaN, -(y ?? NaN)]);
    if (head === 'Multiply' || head === 'InvisibleOperator')
      return values.reduce((product, value) => product * value, 1);
    if (head === 'Delimiter') return x ?? NaN;
    if (head === 'Log' && values.length === 1) return Math.log10(x ?? NaN);
    if (values.length === 1) return FUNCTIONS.get(head)?.(x ?? NaN) ?? NaN;
    return values.length === 2 ? (OPERATIONS.get(head)?.(x ?? NaN, y ?? NaN) ?? NaN) : NaN;
  }

  #inverse(head: string, [base, exponent]: readonly unknown[]): number | null {
    const name = head === 'Power' ? INVERSES.get(headOf(base)) : undefined;
    if (name === undefined || this.valueOf(exponent) !== -1) return null;
    return this.#apply(name, operands(base));
  }

  #sum(values: readonly number[]): number {
    this.#largestTerm = Math.max(this.#largestTerm, ...values.map(Math.abs).filter(Number.isFinite));
    return values.reduce((sum, value) => sum + value, 0);
  }
}

function mapOf<Value>(entries: Readonly<Record<string, Value>>): ReadonlyMap<string, Value> {
  return new Map(Object.entries(entries));
}

function numberOf(expression: unknown): number | null {
  if (typeof expression === 'number') return expression;
  if (typeof expression !== 'object' || expression === null || !('num' in expression)) return null;
  // "0.1(6)" repeats what is in parentheses.
  const text = String(expression.num).replace(/\((\d+)\)/, (_, digits: string) => digits.repeat(20).slice(0, 20));
  return Number(text);
}

function symbolOf(expression: unknown): string | null {
  if (typeof expression === 'string') return expression.startsWith("'") ? null : expression;
  if (typeof expression !== 'object' || expression === null || !('sym' in expression)) return null;
  return typeof expression.sym === 'string' ? expression.sym : null;
}

function headOf(expression: unknown): string {
  const [head]: readonly unknown[] = parts(expression);
  return typeof head === 'string' ? head : '';
}

function operands(expression: unknown): readonly unknown[] {
  return parts(expression).slice(1);
}

function parts(expression: unknown): readonly unknown[] {
  if (Array.isArray(expression)) return expression;
  const isFunction = typeof expression === 'object' && expression !== null && 'fn' in expression;
  return isFunction && Array.isArray(expression.fn) ? expression.fn : [];
}

function quotient(x: number, y: number): number {
  return y === 0 ? NaN : x / y;
}

function root(x: number, degree: number): number {
  const isOdd = Number.isInteger(degree) && Math.abs(degree % 2) === 1;
  return x < 0 && isOdd ? -((-x) ** (1 / degree)) : x ** (1 / degree);
}

/** Of whole numbers up to 170, beyond which a double holds none. */
function factorial(x: number): number {
  if (!Number.isInteger(x) || x < 0 || x > 170) return NaN;
  let product = 1;
  for (let factor = 2; factor <= x; factor++) product *= factor;
  return product;
}

function binomial(n: number, k: number): number {
  if (!Number.isInteger(n) || !Number.isInteger(k) || k < 0 || k > n || n > 1_000) return NaN;
  let value = 1;
  for (let i = 1; i <= Math.min(k, n - k); i++) value = (value * (n - Math.min(k, n - k) + i)) / i;
  return value;
}

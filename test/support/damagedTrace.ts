import fc from 'fast-check';

/** Ways in which a trace file is spoilt, by accident or on purpose; places are shares of the text or of its lines. */
type Damage = (text: string) => string;

const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const byLines =
  (change: (lines: string[]) => string[]): Damage =>
  (text) =>
    change(text.split('\n')).join('\n');
const indexOf = (lines: readonly unknown[], at: number): number => Math.floor(at * lines.length);

const cut = place.map(
  (at): Damage =>
    (text) =>
      text.slice(0, Math.floor(at * text.length)),
);
const flip = fc.tuple(place, fc.integer({ min: 1, max: 255 })).map(([at, mask]): Damage => (text) => {
  const bytes = new TextEncoder().encode(text);
  const index = indexOf([...bytes], at);
  const byte = bytes[index];
  if (byte !== undefined) bytes[index] = byte ^ mask;
  return new TextDecoder().decode(bytes);
});
const swap = fc.tuple(place, place).map(([a, b]) =>
  byLines((lines) => {
    const [from, to] = [indexOf(lines, a), indexOf(lines, b)];
    return lines.map((line, index) => (index === from ? (lines[to] ?? '') : index === to ? (lines[from] ?? '') : line));
  }),
);
const double = place.map((at) =>
  byLines((lines) => lines.flatMap((line, index) => (index === indexOf(lines, at) ? [line, line] : [line]))),
);
const drop = place.map((at) => byLines((lines) => lines.filter((_, index) => index !== indexOf(lines, at))));
const dropKind = fc
  .constantFrom('patch-drafted', 'mentor-probed', 'patch-verified', 'prompt-read', 'step-taken', 'run-ended')
  .map((type) => byLines((lines) => lines.filter((line) => !line.startsWith(`{"type":"${type}"`))));

/** Values where others are expected; JSON text, so that numbers beyond what JavaScript has are among them. */
const oddValue = fc.oneof(
  fc.constantFrom('null', '-1', '0', '1e308', '-1e308', '1e999', '9007199254740991', '9007199254740993', '0.1', '""'),
  fc.constantFrom('true', '[]', '{}', '"x"', '[[[[]]]]', '{"__proto__":{"x":1}}', '"</script><b>"', '1e-320'),
  fc.integer({ min: 0, max: 2_000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
  fc.jsonValue().map((value) => JSON.stringify(value)),
);
/** Puts an odd value in the place of one field somewhere in one line, at any depth. */
const replaceValue = fc.tuple(place, place, oddValue).map(([at, field, value]) =>
  byLines((lines) =>
    lines.map((line, index) => {
      if (index !== indexOf(lines, at)) return line;
      const fields = [...line.matchAll(/"(\w+)":("(?:[^"\\]|\\.)*"|-?[\d.e+-]+|true|false|null)/g)];
      const chosen = fields[indexOf(fields, field)];
      if (!chosen) return line;
      const start = chosen.index + chosen[0].length - (chosen[2] ?? '').length;
      return line.slice(0, start) + value + line.slice(chosen.index + chosen[0].length);
    }),
  ),
);
/** Replaces every value of one kind, so that what is left is a sound file with strange numbers. */
const strangeNumbers = fc
  .tuple(
    fc.constantFrom('logProbability', 'lead', 'entropy', 'score', 'timeMs', 'tokens', 'decoded', 'draw', 'contextSize'),
    fc.constantFrom('0', '1e308', '-1e308', '9007199254740991', '5e-324', '-0', '1e21', '123456789.123456789'),
  )
  .map(
    ([name, value]): Damage =>
      (text) =>
        text.replace(new RegExp(`"${name}":-?[\\d.e+-]+`, 'g'), `"${name}":${value}`),
  );
const source = fc.tuple(fc.constantFrom('generator', 'agreed', 'mentor'), fc.boolean()).map(
  ([name, agreed]): Damage =>
    (text) =>
      text.replace(/"source":"\w+"/g, `"source":"${name}"`).replace(/"agreed":\w+/g, `"agreed":${agreed}`),
);

/** One to three damages, one after the other. */
export const anyDamage: fc.Arbitrary<Damage> = fc
  .array(fc.oneof(cut, flip, swap, double, drop, dropKind, replaceValue, replaceValue, strangeNumbers, source), {
    minLength: 1,
    maxLength: 3,
  })
  .map((damages) => (text) => damages.reduce((spoilt, damage) => damage(spoilt), text));

/** Draws numbers evenly from [0, 1). */
export type RandomSource = () => number;

/**
 * A seeded source that repeats on every machine: sfc32 (Chris Doty-Humphrey's Small Fast Counting generator, from
 * PractRand), its state filled from the seed by the splitmix32 finaliser, the first 12 outputs dropped as its author advises.
 *
 * @param seed - any safe integer; all 53 bits count.
 */
export function seededRandom(seed: number): RandomSource {
  const low = seed | 0;
  const high = Math.floor(seed / 2 ** 32) | 0;
  let a = mix(low);
  let b = mix(high ^ 0x9e3779b9);
  let c = mix(low ^ high ^ 0x85ebca6b);
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}

function mix(value: number): number {
  let x = (value + 0x9e3779b9) | 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return x ^ (x >>> 15);
}

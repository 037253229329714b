import type { TraceLine } from '../../../src/protocol/trace.ts';
import { RunScript } from './runScript.ts';

/** Every how many words the mentor's patch is taken, the generator's kept, and both agree. */
const TAKEN_EVERY = 97;
const KEPT_EVERY = 41;
const AGREED_EVERY = 8;

/** A run of many words of which the generator is sure here and in doubt there, with probes of every outcome. */
export function unevenRun(words: number): RunScript {
  const script = new RunScript('uneven', 'Count.');
  for (let i = 0; i < words; i++) {
    const text = i % 30 === 29 ? `.\nLine ${i}` : ` word${i}`;
    const patches = {
      generatorWord: text,
      mentorWord: ' other',
      generatorPatch: text,
      mentorPatch: ` other${i} words`,
    };
    if (i % TAKEN_EVERY === 5) script.diverge({ ...patches, letter: 'B', score: 1.2 });
    else if (i % KEPT_EVERY === 7) script.diverge({ ...patches, letter: 'A', score: -0.7 });
    else if (i % AGREED_EVERY === 1) script.agree(text);
    else if (i % 30 === 29) script.write('.').write(text.slice(1));
    else script.write(text);
  }
  return script;
}

/** The lines of a script with the generator more and less sure of its words; the same for the same lines. */
export function unevenLines(script: RunScript): readonly TraceLine[] {
  return script.lines.map((line) => {
    if (line.type !== 'step-taken') return line;
    const probability = probabilityAt(line.step);
    const { word } = line;
    const pieces = word.pieces.map((piece) => ({ ...piece, logProbability: Math.log(probability) }));
    return { ...line, word: { ...word, pieces, entropy: word.entropy === null ? null : 3 * (1 - probability) } };
  });
}

/** Sure most of the time, in doubt in waves, with a dip now and then. */
function probabilityAt(step: number): number {
  const noise = Math.abs(Math.sin(step * 12.9898) * 43_758.5453) % 1;
  const wave = 0.5 + 0.5 * Math.cos(step / 9 + Math.sin(step / 70));
  return Math.max(0.02, 1 - wave * noise * 0.8);
}

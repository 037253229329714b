import type { Candidate, ModelFacts, Patch, Piece, Usage, Word } from '../../../src/core/languageModel.ts';
import { NO_USAGE } from '../../../src/core/languageModel.ts';
import type { RunEnded, StepTaken } from '../../../src/core/runEvent.ts';
import { TRACE_FORMAT_VERSION } from '../../../src/core/runHeader.ts';
import { presetSettings } from '../../../src/core/runSettings.ts';
import { verificationSuffix } from '../../../src/core/verification/letter.ts';
import type { TraceLine } from '../../../src/protocol/trace.ts';

/** What a probe found, for the words of both models and the verifier. */
export interface Divergence {
  readonly generatorWord: string;
  readonly mentorWord: string;
  readonly generatorPatch: string;
  readonly mentorPatch: string;
  /** What the verifier wrote: `B` takes the mentor's patch. */
  readonly letter: string;
  /** Log-odds for the mentor, in nats. */
  readonly score: number;
  /** Whether a branch took the patch that the verifier did not choose. */
  readonly isOverruled?: boolean;
}

const GENERATOR_STEP: Usage = { decoded: 2, prefilled: 0, evaluated: 2, passes: 2, retokenised: 0, timeMs: 8 };
const MENTOR_PROBE: Usage = { decoded: 2, prefilled: 9, evaluated: 11, passes: 2, retokenised: 0, timeMs: 21 };
const GENERATOR_DIVERGENCE: Usage = { ...GENERATOR_STEP, decoded: 19, prefilled: 52, evaluated: 71, timeMs: 96 };
const MENTOR_DIVERGENCE: Usage = { ...MENTOR_PROBE, decoded: 18, evaluated: 27, timeMs: 140 };

/** Writes a run's trace by hand, step by step, as the loop would. */
export class RunScript {
  readonly #runId: string;
  readonly #lines: TraceLine[] = [];
  #step = 0;
  #accepted = { generator: 0, mentor: 0 };
  #mentorSteps = 0;

  constructor(runId: string, question: string) {
    this.#runId = runId;
    this.#lines.push({
      type: 'run-started',
      formatVersion: TRACE_FORMAT_VERSION,
      runId,
      startedAt: '2026-02-03T10:15:30.000Z',
      prompt: { form: 'chat', question },
      generator: { model: model('demo-small', 160_000), promptAsSent: `<|user|>${question}<|assistant|>` },
      mentor: { model: model('demo-mentor', 2_200_000), promptAsSent: `<|user|>${question}<|assistant|>` },
      settings: { ...presetSettings('paper-free'), seed: 1 },
      threads: 2,
      verifier: null,
      verifierFile: null,
      branch: null,
    });
    this.#lines.push({ type: 'prompt-read', by: 'generator', tokens: 46, timeMs: 31, cost: NO_USAGE });
  }

  get runId(): string {
    return this.#runId;
  }

  /** The lines so far. */
  get lines(): readonly TraceLine[] {
    return this.#lines;
  }

  /** The generator writes a text word by word, unprobed. */
  write(text: string): this {
    for (const word of text.match(/\s*\S+|\s+$/g) ?? []) this.writeWhole(word);
    return this;
  }

  /** The generator writes a text in one step, unprobed. */
  writeWhole(text: string): this {
    this.#take({ source: 'generator', text, word: wordOf(text, []), mentorCost: NO_USAGE });
    return this;
  }

  /** A probe at which both models write the same word; empty at the end of generation. */
  agree(text: string): this {
    const word = wordOf(text, [[` ${text.trim()}s`, 0.06]]);
    this.#probe(word, wordOf(text, [[' so', 0.01]]), true);
    this.#take({ source: 'agreed', text, word, mentorCost: MENTOR_PROBE });
    return this;
  }

  /** A probe at which the models differ, and which the verifier settles. */
  diverge(divergence: Divergence): this {
    const { generatorWord, mentorWord, generatorPatch, mentorPatch, letter, score } = divergence;
    const step = this.#step;
    const word = wordOf(
      generatorWord,
      [
        [mentorWord, 0.33],
        [' 35', 0.11],
        [' 3', 0.02],
      ],
      0.41,
    );
    this.#probe(
      word,
      wordOf(
        mentorWord,
        [
          [generatorWord, 0.004],
          [' 35', 0.001],
        ],
        0.99,
      ),
      false,
    );
    this.#lines.push({ type: 'patch-drafted', step, by: 'generator', patch: patchOf(generatorPatch) });
    this.#lines.push({ type: 'patch-drafted', step, by: 'mentor', patch: patchOf(mentorPatch) });
    const winner = letter.trim() === 'B' ? 'mentor' : 'generator';
    const a = 1 / (1 + Math.exp(score));
    this.#lines.push({
      type: 'patch-verified',
      step,
      winner,
      score,
      suffix: verificationSuffix({ generator: generatorPatch, mentor: mentorPatch }),
      choice: { greedyText: letter, letters: [logged('A', a * 0.9), logged('B', (1 - a) * 0.9)] },
    });
    const takesMentor = (winner === 'mentor') !== (divergence.isOverruled ?? false);
    const text = takesMentor ? mentorPatch : generatorPatch;
    this.#take({ source: takesMentor ? 'mentor' : 'generator', text, word, mentorCost: MENTOR_DIVERGENCE });
    return this;
  }

  /** The run's last line. */
  end(ending: Partial<RunEnded> = {}): this {
    const { generator, mentor } = this.#accepted;
    this.#lines.push({
      type: 'run-ended',
      stop: 'end',
      failure: null,
      answer: null,
      steps: this.#step,
      tokens: {
        generator: { accepted: generator, decoded: generator + 40, prefilled: 150 },
        mentor: { accepted: mentor, decoded: mentor + 22, prefilled: 148 },
      },
      mentorShare: mentor / Math.max(1, generator + mentor),
      mentorStepShare: this.#mentorSteps / Math.max(1, this.#step),
      usage: { generator: GENERATOR_DIVERGENCE, mentor: MENTOR_DIVERGENCE },
      timeMs: 1_240,
      ...ending,
    });
    return this;
  }

  #probe(generatorWord: Word, mentorWord: Word, agreed: boolean): void {
    if (!this.#lines.some((line) => line.type === 'prompt-read' && line.by === 'mentor')) {
      this.#lines.push({ type: 'prompt-read', by: 'mentor', tokens: 44, timeMs: 52, cost: NO_USAGE });
    }
    this.#lines.push({
      type: 'mentor-probed',
      step: this.#step,
      reason: { policy: 'random', draw: 0.1337, probability: 0.24 },
      generatorWord,
      mentorWord,
      agreed,
    });
  }

  #take({ mentorCost, ...taken }: Pick<StepTaken, 'source' | 'text' | 'word'> & { mentorCost: Usage }): void {
    const tokens = Math.ceil(taken.text.trim().length / 3);
    const author = taken.source === 'mentor' ? 'mentor' : 'generator';
    this.#accepted = { ...this.#accepted, [author]: this.#accepted[author] + tokens };
    if (author === 'mentor') this.#mentorSteps += 1;
    const generator = mentorCost === MENTOR_DIVERGENCE ? GENERATOR_DIVERGENCE : GENERATOR_STEP;
    this.#lines.push({
      type: 'step-taken',
      step: this.#step,
      ...taken,
      tokens,
      dropped: false,
      cost: { generator, mentor: mentorCost },
    });
    this.#step += 1;
  }
}

function model(name: string, parameters: number): ModelFacts {
  return {
    name,
    path: `/models/${name}.gguf`,
    server: null,
    sha256: null,
    architecture: 'llama',
    quantization: 'Q8_0',
    parameters,
    bytes: parameters,
    contextSize: 1024,
  };
}

function wordOf(text: string, others: readonly (readonly [string, number])[], probability = 0.93): Word {
  const candidates = [logged(text, probability), ...others.map(([other, share]) => logged(other, share))];
  return {
    text,
    pieces: text === '' ? [] : [{ ...logged(text, probability), lead: 1.36, candidates }],
    candidates,
    entropy: others.length > 0 ? 1.02 : null,
  };
}

function patchOf(text: string): Patch {
  const piece = (part: string): Piece => ({
    ...logged(part, 0.67),
    lead: 0.6,
    candidates: [logged(part, 0.67), logged(' else', 0.2)],
  });
  return { text, pieces: (text.match(/\s*\S+|\s+$/g) ?? []).map(piece), endsTurn: false };
}

function logged(text: string, probability: number): Candidate {
  return { text, logProbability: Math.log(probability) };
}

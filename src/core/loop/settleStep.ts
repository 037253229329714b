import type { ModelText, Patch, Word } from '../languageModel.ts';
import type { RunEvent, StepTaken } from '../runEvent.ts';
import { judgeByScore } from '../verification/score.ts';
import type { Author } from '../verification/verdict.ts';
import type { DecisionEvidence } from '../verification/decisionEvidence.ts';
import { decisionEvidence } from '../verification/decisionEvidence.ts';
import type { VerificationInput, VerificationPolicy } from '../verification/verificationPolicy.ts';
import type { Drafts } from './drafts.ts';

/** What a step decided, before the text has changed. */
export type Taken = Pick<StepTaken, 'source' | 'text' | 'tokens' | 'word'>;

/** A probed step whose text is open: the generator's word is one way to go on, but not taken yet. */
export interface OpenStep {
  readonly step: number;
  readonly models: Readonly<Record<Author, ModelText>>;
  /** A third model that verifies; null where the run has none. */
  readonly verifier: ModelText | null;
  readonly drafts: Drafts;
  /** The generator's word. */
  readonly word: Word;
  /** Told of a divergence before it is settled; null where nobody is. */
  readonly onEvidence: ((evidence: DecisionEvidence) => void) | null;
}

/** Both models draft, and the policy keeps one of the patches. */
export async function* settleDivergence(
  { step, models, verifier, drafts, word, onEvidence }: OpenStep,
  mentorWord: Word,
  verify: VerificationPolicy,
): AsyncGenerator<RunEvent, Taken, void> {
  const words = { generator: word, mentor: mentorWord };
  const written = await drafts.write(models, words);
  yield { type: 'patch-drafted', step, by: 'generator', patch: written.generator };
  yield { type: 'patch-drafted', step, by: 'mentor', patch: written.mentor };
  const divergence: VerificationInput = {
    verifier: verifier ?? models.generator,
    models,
    drafts: written,
    patches: { generator: written.generator.text, mentor: written.mentor.text },
    words,
    step,
  };
  onEvidence?.(await decisionEvidence(divergence));
  const verdict = await verify(divergence);
  yield { type: 'patch-verified', step, ...verdict };
  return taken(verdict.winner, written[verdict.winner], word);
}

/**
 * The generator drafts, the mentor scores what it has drafted (or the run's verifier does), and the mentor drafts only what
 * is to stand in its place.
 */
export async function* settleByScore({
  step,
  models,
  verifier,
  drafts,
  word,
}: OpenStep): AsyncGenerator<RunEvent, Taken, void> {
  const own = await drafts.writeOne('generator', models);
  yield { type: 'patch-drafted', step, by: 'generator', patch: own };
  const verdict = await judgeByScore(verifier ?? models.mentor, own.text);
  yield { type: 'patch-verified', step, ...verdict };
  if (verdict.winner === 'generator') return taken('generator', own, word);
  const other = await drafts.writeOne('mentor', models);
  yield { type: 'patch-drafted', step, by: 'mentor', patch: other };
  return taken('mentor', other, word);
}

function taken(source: Author, { text, pieces }: Patch, word: Word): Taken {
  return { source, text, tokens: pieces.length, word };
}

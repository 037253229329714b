import type { Candidate, Patch, Word } from '../../core/languageModel.ts';

/** One piece that a model wrote, with what it could have written there. */
export interface PieceView {
  readonly part: 'word' | 'patch';
  readonly text: string;
  /** 0..1; null where a server does not tell, and for the end of the text where the list of candidates lacks it. */
  readonly probability: number | null;
  /** Gap to the next best in nats; null where a server does not tell, and for the end of the text. */
  readonly lead: number | null;
  /** Whether it is no piece but the end of the text. */
  readonly isEnd: boolean;
  readonly candidates: readonly Candidate[];
  /** Whether the step's text could begin with one of the candidates instead. */
  readonly isFirst: boolean;
}

/** The pieces of a word and of the patch that was drafted in its place, in order; of the patch alone where no word was asked for. */
export function pieceViews(word: Word | null, patch: Patch | null): readonly PieceView[] {
  const ofWord = (word?.pieces ?? []).map((piece, index): PieceView => ({
    part: 'word',
    text: piece.text,
    probability: piece.logProbability === null ? null : Math.exp(piece.logProbability),
    lead: piece.lead,
    candidates: index === 0 ? (word?.candidates ?? []) : piece.candidates,
    isFirst: index === 0,
    isEnd: false,
  }));
  const ofPatch = (patch?.pieces ?? []).map((piece, index): PieceView => ({
    part: 'patch',
    text: piece.text,
    probability: piece.logProbability === null ? null : Math.exp(piece.logProbability),
    lead: piece.lead,
    candidates: piece.candidates,
    isFirst: word === null && index === 0,
    isEnd: false,
  }));
  return [...(word?.pieces.length === 0 ? [endOf(word)] : ofWord), ...ofPatch];
}

/** A word of nothing: the model ended its turn. */
function endOf({ candidates }: Word): PieceView {
  const end = candidates.find(({ text }) => text === '');
  return {
    part: 'word',
    text: '',
    probability: end ? Math.exp(end.logProbability) : null,
    lead: null,
    candidates,
    isFirst: true,
    isEnd: true,
  };
}

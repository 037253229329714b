import type { Token } from 'node-llama-cpp';
import type { RenderedChat } from './chatTemplate.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A prompt in turns of special tokens and stretches of plain text. A stretch is tokenised as one string. */
export interface PromptSegments {
  /** Tokens of everything up to the last special token, that one included. */
  readonly head: readonly Token[];
  /** The words after it; the answer goes on from them within the same stretch. */
  readonly tail: string;
  /** The whole prompt, special tokens written out. */
  readonly asSent: string;
}

type Segment = { readonly type: 'special'; readonly token: Token } | { readonly type: 'text'; readonly text: string };

/** Segments of a rendered chat: special tokens are those of the template alone, a message is text whatever it says. */
export function chatSegments(vocabulary: Vocabulary, chat: RenderedChat): PromptSegments {
  return joinSegments(
    vocabulary,
    chat.flatMap(({ by, text }): readonly Segment[] =>
      by === 'message' ? [{ type: 'text', text }] : splitAtSpecialTokens(vocabulary, text),
    ),
  );
}

/** Segments of raw text, in which special tokens are parsed. */
export function rawSegments(vocabulary: Vocabulary, text: string): PromptSegments {
  return joinSegments(vocabulary, splitAtSpecialTokens(vocabulary, text));
}

/** Segments of plain text, in which nothing is special. */
export function plainSegments(vocabulary: Vocabulary, text: string): PromptSegments {
  return joinSegments(vocabulary, [{ type: 'text', text }]);
}

/**
 * Tokens of an answer that goes on from the last stretch of a prompt, or stands alone when `before` is empty. A
 * thinking marker is the special token it came from.
 */
export function answerTokens(vocabulary: Vocabulary, before: string, answer: string): Token[] {
  let stretch = before;
  let rest = answer;
  const tokens: Token[] = [];
  for (;;) {
    const next = firstMarker(vocabulary, rest);
    if (!next) return [...tokens, ...vocabulary.tokenize(stretch + rest)];
    tokens.push(...vocabulary.tokenize(stretch + rest.slice(0, next.at)), next.marker.token);
    rest = rest.slice(next.at + next.marker.text.length);
    stretch = '';
  }
}

function firstMarker(
  vocabulary: Vocabulary,
  text: string,
): { at: number; marker: Vocabulary['markers'][number] } | null {
  const found = vocabulary.markers
    .map((marker) => ({ at: text.indexOf(marker.text), marker }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  return found[0] ?? null;
}

/** The model's own tokenizer finds the special tokens; only where they stand in the text is worked out here. */
function splitAtSpecialTokens(vocabulary: Vocabulary, text: string): Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  let trimsStart = false;
  for (const token of vocabulary.tokenizeSpecial(text)) {
    if (!vocabulary.isControl(token)) continue;
    const spelling = vocabulary.spelling(token);
    const at = text.indexOf(spelling, from);
    if (spelling === '' || at < 0) continue;
    const strips = vocabulary.stripsAround(token);
    segments.push({ type: 'text', text: trimmed(text.slice(from, at), trimsStart, strips.left) });
    segments.push({ type: 'special', token });
    from = at + spelling.length;
    trimsStart = strips.right;
  }
  return [...segments, { type: 'text', text: trimmed(text.slice(from), trimsStart, false) }];
}

function trimmed(text: string, start: boolean, end: boolean): string {
  const startTrimmed = start ? text.trimStart() : text;
  return end ? startTrimmed.trimEnd() : startTrimmed;
}

function joinSegments(vocabulary: Vocabulary, segments: readonly Segment[]): PromptSegments {
  const all = withBos(vocabulary, segments);
  const head: Token[] = [];
  let stretch = '';
  for (const segment of all) {
    if (segment.type === 'text') {
      stretch += segment.text;
    } else {
      head.push(...vocabulary.tokenize(stretch), segment.token);
      stretch = '';
    }
  }
  const asSent = all.map((one) => (one.type === 'text' ? one.text : vocabulary.spelling(one.token))).join('');
  return { head, tail: stretch, asSent };
}

/** A BOS where the model asks for one and the prompt does not begin with it already. */
function withBos(vocabulary: Vocabulary, segments: readonly Segment[]): readonly Segment[] {
  const bos = vocabulary.wantedBos;
  if (bos === null) return segments;
  const first = segments.find((segment) => segment.type === 'special' || segment.text !== '');
  return first?.type === 'special' && first.token === bos ? segments : [{ type: 'special', token: bos }, ...segments];
}

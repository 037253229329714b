import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Patch, Word } from '../../../core/languageModel.ts';
import { formatNats, formatProbability } from '../../model/numberFormats.ts';
import type { PieceView } from '../../model/pieceViews.ts';
import { pieceViews } from '../../model/pieceViews.ts';
import { visibleText } from '../../../core/view/visibleText.ts';
import { CandidateTable } from './CandidateTable.tsx';

interface PiecesProps {
  readonly author: 'generator' | 'mentor';
  /** Null where the model was asked for a patch alone. */
  readonly word: Word | null;
  readonly patch: Patch | null;
  /** What is said of a piece whose candidates are not known. */
  readonly emptyRemark: string;
  /** Takes a candidate of the first piece instead; null where that can't be done now. */
  readonly onUse: ((text: string) => void) | null;
  readonly taken: string;
}

/** What one model wrote, piece by piece, and what it could have written at the piece that is chosen or pointed at. */
export function Pieces({ author, word, patch, emptyRemark, onUse, taken }: PiecesProps): JSX.Element {
  const [chosen, setChosen] = useState(0);
  const [pointed, setPointed] = useState<number | null>(null);
  const pieces = pieceViews(word, patch);
  const shownIndex = pointed ?? chosen;
  const shown = pieces[shownIndex] ?? pieces[0];
  const name = author === 'generator' ? 'Generator' : 'Mentor';
  return (
    <div class={`pieces-of probabilities-${author}`}>
      <h4>{name}</h4>
      <PieceList
        label={`${name}'s pieces`}
        pieces={pieces}
        chosen={chosen}
        shown={shownIndex}
        onChoose={setChosen}
        onPoint={setPointed}
      />
      {shown && (
        <>
          <p class="quiet candidates-title">
            At <code>{nameOf(shown)}</code> of the {shown.part}
          </p>
          <CandidateTable
            piece={shown}
            name={`${name}'s candidates at ${nameOf(shown)}`}
            emptyRemark={emptyRemark}
            onUse={shown.isFirst ? onUse : null}
            taken={taken}
          />
          <p class="quiet">{figures(shown, word)}</p>
        </>
      )}
    </div>
  );
}

interface PieceListProps {
  readonly label: string;
  readonly pieces: readonly PieceView[];
  readonly chosen: number;
  readonly shown: number;
  readonly onChoose: (index: number) => void;
  readonly onPoint: (index: number | null) => void;
}

/** All pieces in one stop of the tab order; arrows go from one to the next. */
function PieceList({ label, pieces, chosen, shown, onChoose, onPoint }: PieceListProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  const go = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1, Home: -pieces.length, End: pieces.length }[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = Math.min(Math.max(chosen + by, 0), pieces.length - 1);
    list.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div ref={list} class="pieces" role="group" aria-label={label} onKeyDown={go}>
      {pieces.map((piece, index) => (
        <button
          key={index}
          type="button"
          class={piece.part === 'patch' && pieces[index - 1]?.part === 'word' ? 'piece starts-patch' : 'piece'}
          tabIndex={index === chosen ? 0 : -1}
          aria-pressed={index === shown}
          aria-label={`${nameOf(piece)}, ${piece.part}, probability ${probabilityOf(piece)}`}
          onFocus={() => {
            onChoose(index);
          }}
          onClick={() => {
            onChoose(index);
          }}
          onPointerEnter={() => {
            onPoint(index);
          }}
          onPointerLeave={() => {
            onPoint(null);
          }}
        >
          <code>{nameOf(piece)}</code>
          <small>{probabilityOf(piece)}</small>
        </button>
      ))}
    </div>
  );
}

function nameOf({ text, isEnd }: PieceView): string {
  return isEnd ? '(end)' : visibleText(text);
}

function probabilityOf({ probability }: PieceView): string {
  return probability === null ? 'not known' : formatProbability(probability);
}

function figures(piece: PieceView, word: Word | null): string {
  const entropy = word?.entropy ?? null;
  const ofPiece = piece.lead === null ? null : `lead ${formatNats(piece.lead)} nats`;
  const ofWord = entropy === null ? 'entropy not measured' : `entropy ${formatNats(entropy)} nats`;
  return [piece.isFirst ? ofWord : null, ofPiece].filter((part) => part !== null).join(' · ');
}

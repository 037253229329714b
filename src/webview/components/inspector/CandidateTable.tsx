import type { JSX } from 'preact';
import { formatProbability } from '../../model/numberFormats.ts';
import type { PieceView } from '../../model/pieceViews.ts';
import { visibleText } from '../../../core/view/visibleText.ts';
import { BRANCH_PATH, IconButton } from '../IconButton.tsx';

interface CandidateTableProps {
  readonly piece: PieceView;
  /** Whose candidates they are, and for what: the table's name. */
  readonly name: string;
  /** What is said when none are known. */
  readonly emptyRemark: string;
  /** Takes a candidate's text instead; null where that can't be done now. */
  readonly onUse: ((text: string) => void) | null;
  /** What the step begins with already, and so is no other choice. */
  readonly taken: string;
}

/** The likeliest pieces at one place, with their probabilities. */
export function CandidateTable({ piece, name, emptyRemark, onUse, taken }: CandidateTableProps): JSX.Element {
  if (piece.candidates.length === 0) return <p class="quiet candidates-none">{emptyRemark}</p>;
  return (
    <table class="candidates" aria-label={name}>
      <thead class="visually-hidden">
        <tr>
          <th scope="col">Piece</th>
          <th scope="col">Probability</th>
          <th scope="col">Bar</th>
          {onUse && <th scope="col">Branch</th>}
        </tr>
      </thead>
      <tbody>
        {piece.candidates.map(({ text, logProbability }, index) => {
          const probability = Math.exp(logProbability);
          return (
            <tr key={index} class={text === piece.text ? 'is-written' : undefined}>
              <th scope="row">
                <code>{text === '' ? '(end)' : visibleText(text)}</code>
              </th>
              <td class="number">{formatProbability(probability)}</td>
              <td class="bar-cell" aria-hidden="true">
                <div class="bar" style={{ width: `${probability * 100}%` }} />
              </td>
              {onUse && (
                <td class="use-cell">
                  {text !== '' && text !== taken && (
                    <IconButton
                      label={`Use this candidate word: ${visibleText(text)}`}
                      path={BRANCH_PATH}
                      onClick={() => {
                        onUse(text);
                      }}
                    />
                  )}
                </td>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

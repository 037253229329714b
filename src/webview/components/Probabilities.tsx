import type { JSX } from 'preact';
import type { Word } from '../../core/languageModel.ts';
import { formatNats, formatProbability } from '../model/numberFormats.ts';
import { visibleText } from '../model/visibleText.ts';

interface ProbabilitiesProps {
  readonly author: 'generator' | 'mentor';
  readonly word: Word;
}

/** The likeliest first pieces of a model's word, with their probabilities. */
export function Probabilities({ author, word }: ProbabilitiesProps): JSX.Element {
  const lead = word.pieces[0]?.lead;
  return (
    <div class={`probabilities probabilities-${author}`}>
      <table>
        <caption>{author === 'generator' ? 'Generator' : 'Mentor'}</caption>
        <thead class="visually-hidden">
          <tr>
            <th scope="col">Piece</th>
            <th scope="col">Probability</th>
            <th scope="col">Bar</th>
          </tr>
        </thead>
        <tbody>
          {word.candidates.map(({ text, logProbability }, index) => {
            const probability = Math.exp(logProbability);
            return (
              <tr key={index}>
                <th scope="row">
                  <code>{visibleText(text)}</code>
                </th>
                <td class="number">{formatProbability(probability)}</td>
                <td class="bar-cell" aria-hidden="true">
                  <div class="bar" style={{ width: `${probability * 100}%` }} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {word.candidates.length === 0 && <p class="quiet">No other pieces are known.</p>}
      <p class="quiet">
        {[
          word.entropy === null ? null : `entropy ${formatNats(word.entropy)} nats`,
          lead === undefined ? null : `lead ${formatNats(lead)} nats`,
        ]
          .filter((part) => part !== null)
          .join(' · ')}
      </p>
    </div>
  );
}

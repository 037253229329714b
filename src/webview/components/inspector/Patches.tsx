import type { JSX } from 'preact';
import type { Patch, Word } from '../../../core/languageModel.ts';
import type { Decision } from '../../../core/view/runView.ts';
import type { ComparedStretch } from '../../model/differingWords.ts';
import { differingWords } from '../../model/differingWords.ts';
import { visibleText } from '../../../core/view/visibleText.ts';

interface PatchesProps {
  readonly decision: Decision;
  /** Whether neither patch was taken, because a branch begins with a piece of its own. */
  readonly isOverruled: boolean;
}

/** What both models wrote at a decision, side by side; the winner is told by words and border, and what differs by lines. */
export function Patches({ decision, isOverruled }: PatchesProps): JSX.Element {
  const { outcome, generatorWord, generatorPatch, mentorWord, mentorPatch } = decision;
  const compared = generatorPatch && mentorPatch && differingWords(generatorPatch.text, mentorPatch.text);
  const winner = isOverruled ? null : outcome;
  return (
    <div class="two-models">
      <Side
        author="generator"
        verdict={winner === 'keptGenerator' ? 'kept' : null}
        word={generatorWord}
        patch={generatorPatch}
        stretches={compared?.left ?? whole(generatorPatch)}
      />
      <Side
        author="mentor"
        verdict={winner === 'tookMentor' ? 'taken' : null}
        word={mentorWord}
        patch={mentorPatch}
        stretches={compared?.right ?? whole(mentorPatch)}
      />
    </div>
  );
}

function whole(patch: Patch | null): readonly ComparedStretch[] {
  return patch && patch.text !== '' ? [{ text: patch.text, differs: false }] : [];
}

interface SideProps {
  readonly author: 'generator' | 'mentor';
  /** What became of the patch when it won; null for the one that lost. */
  readonly verdict: string | null;
  /** Null where the mentor was asked for none. */
  readonly word: Word | null;
  /** Null when the words agreed, and where the other's was kept by its score. */
  readonly patch: Patch | null;
  /** The patch's text, cut where it differs from the other one where there is one. */
  readonly stretches: readonly ComparedStretch[];
}

function Side({ author, verdict, word, patch, stretches }: SideProps): JSX.Element {
  const name = author === 'generator' ? 'Generator' : 'Mentor';
  return (
    <section
      class={`patch patch-${author}${verdict === null ? '' : ' is-winner'}`}
      aria-label={patch || !word ? `${name}'s patch` : `${name}'s word`}
    >
      <h3>
        {name}
        {verdict !== null && <span class="verdict"> · {verdict}</span>}
      </h3>
      {patch && (
        <p class="patch-text">
          {patch.text === '' && <span class="quiet">(nothing)</span>}
          {stretches.map(({ text, differs }, index) => (differs ? <mark key={index}>{text}</mark> : text))}
          {patch.endsTurn && <span class="quiet"> (ends here)</span>}
        </p>
      )}
      {word && (
        <p class="patch-word">
          <span class="quiet">Word </span>
          <code>{visibleText(word.text)}</code>
        </p>
      )}
      {!word && !patch && <p class="quiet">(wrote nothing)</p>}
    </section>
  );
}

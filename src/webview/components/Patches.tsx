import type { JSX } from 'preact';
import type { Patch, Word } from '../../core/languageModel.ts';
import type { Decision } from '../../core/view/runView.ts';
import { visibleText } from '../model/visibleText.ts';

/** What both models wrote at a decision, side by side; the winner is told by words and border. */
export function Patches({ decision }: { readonly decision: Decision }): JSX.Element {
  const { outcome, generatorWord, generatorPatch, mentorWord, mentorPatch } = decision;
  return (
    <div class="two-models">
      <Side
        author="generator"
        verdict={outcome === 'keptGenerator' ? 'kept' : null}
        word={generatorWord}
        patch={generatorPatch}
      />
      <Side author="mentor" verdict={outcome === 'tookMentor' ? 'taken' : null} word={mentorWord} patch={mentorPatch} />
    </div>
  );
}

interface SideProps {
  readonly author: 'generator' | 'mentor';
  /** What became of the patch when it won; null for the one that lost. */
  readonly verdict: string | null;
  readonly word: Word;
  /** Null when the words agreed. */
  readonly patch: Patch | null;
}

function Side({ author, verdict, word, patch }: SideProps): JSX.Element {
  const name = author === 'generator' ? 'Generator' : 'Mentor';
  return (
    <section
      class={`patch patch-${author}${verdict === null ? '' : ' is-winner'}`}
      aria-label={patch ? `${name}'s patch` : `${name}'s word`}
    >
      <h3>
        {name}
        {verdict !== null && <span class="verdict"> · {verdict}</span>}
      </h3>
      {patch && <PatchText word={word} patch={patch} />}
      <p class="patch-word">
        <span class="quiet">Word </span>
        <code>{visibleText(word.text)}</code>
      </p>
    </section>
  );
}

function PatchText({ word, patch }: { readonly word: Word; readonly patch: Patch }): JSX.Element {
  // Both are greedy from the same text, so that a patch begins with the word; a short one may be cut inside it.
  const shared = patch.text.startsWith(word.text) ? word.text.length : 0;
  const lead = patch.text.length - patch.text.trimStart().length;
  return (
    <p class="patch-text">
      {patch.text === '' && <span class="quiet">(nothing)</span>}
      {patch.text.slice(0, Math.min(lead, shared))}
      {shared > lead && <strong>{patch.text.slice(lead, shared)}</strong>}
      {patch.text.slice(shared)}
      {patch.endsTurn && <span class="quiet"> (ends here)</span>}
    </p>
  );
}

import type { TrainingExample } from '../../verifier/training/trainingExample.ts';
import type { BenchItem } from '../data/benchItem.ts';
import type { TrainingCounts } from './trainingDocument.ts';
import type { TrainingJournal } from './trainingJournal.ts';

/** What a journal has to teach. */
export interface CollectedExamples {
  /** Divergences of which exactly one branch answered right, in the order of the questions. */
  readonly examples: readonly TrainingExample[];
  /** Features that every example has. */
  readonly features: readonly string[];
  readonly counts: TrainingCounts;
}

/** Everything that is over so far; questions of one cluster count as one, since they are alike. */
export function examplesOf(
  journal: Pick<TrainingJournal, 'questionOf' | 'branchOf'>,
  items: readonly BenchItem[],
): CollectedExamples {
  const examples: TrainingExample[] = [];
  const counts = { questions: 0, baseRight: 0, divergences: 0, tried: 0 };
  const outcomes = { favourGenerator: 0, favourMentor: 0, bothRight: 0, bothWrong: 0 };
  for (const { id, cluster } of items) {
    const question = journal.questionOf(id);
    if (!question) continue;
    counts.questions += 1;
    counts.baseRight += question.isCorrect ? 1 : 0;
    counts.divergences += question.divergences;
    for (const { step, hidden, features } of question.chosen) {
      const own = journal.branchOf({ item: id, step, by: 'generator' });
      const other = journal.branchOf({ item: id, step, by: 'mentor' });
      if (!own || !other) continue;
      counts.tried += 1;
      outcomes[outcomeOf(own.isCorrect, other.isCorrect)] += 1;
      if (own.isCorrect === other.isCorrect) continue;
      const favoursGenerator = own.isCorrect;
      examples.push({ question: cluster, hidden: Float32Array.from(hidden), features, favoursGenerator });
    }
  }
  const names = Object.keys(examples[0]?.features ?? {});
  const features = names.filter((name) => examples.every((example) => name in example.features));
  return { examples, features, counts: { ...counts, ...outcomes } };
}

function outcomeOf(generatorIsRight: boolean, mentorIsRight: boolean) {
  if (generatorIsRight) return mentorIsRight ? 'bothRight' : 'favourGenerator';
  return mentorIsRight ? 'favourMentor' : 'bothWrong';
}

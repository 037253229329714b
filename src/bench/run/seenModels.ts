import { MentorCollabError } from '../../core/errors.ts';
import type { ModelFacts as RunModelFacts } from '../../core/languageModel.ts';
import type { RunHeader } from '../../core/runHeader.ts';
import type { Arm } from '../arms/arm.ts';
import type { SeenModels } from '../folder/journal.ts';
import type { ModelFacts } from '../report/reportDocument.ts';

/** The models of a run, by the roles that they have in the pair: the mentor alone runs in the generator's place. */
export function seenIn({ models }: Arm, { generator, mentor, verifier }: RunHeader): SeenModels {
  const [first, second, third] = [factsOf(generator.model), factsOf(mentor?.model), factsOf(verifier?.model)];
  return models === 'mentor'
    ? { generator: null, mentor: first, verifier: null }
    : { generator: first, mentor: second, verifier: third };
}

/**
 * Whether a run was made with the models of those before it.
 *
 * @param what - what has been begun with the earlier ones (default a bench), for the message.
 * @throws MentorCollabError `bad-input` when a file is another one by now, since what it says can't be compared.
 */
export function checkModels(before: SeenModels, now: SeenModels, what: 'bench' | 'training' = 'bench'): void {
  for (const role of ['generator', 'mentor', 'verifier'] as const) {
    const [known, seen] = [before[role], now[role]];
    if (known && seen && known.sha256 !== seen.sha256) {
      throw new MentorCollabError(
        'bad-input',
        `The ${role} is not the one that this ${what} was begun with: ${seen.name} has another content. Put the earlier file back, or begin another ${what}.`,
      );
    }
  }
}

/** What is kept of a model that has run; null for none. */
export function factsOf(model: RunModelFacts | undefined): ModelFacts | null {
  if (!model) return null;
  const { name, sha256, quantization, server } = model;
  return { name, sha256, quantization, server };
}

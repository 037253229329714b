import { MentorCollabError } from '../errors.ts';
import type { ModelText } from '../languageModel.ts';
import { chooseByLetter } from './letter.ts';
import type { PatchTexts, Verdict } from './verdict.ts';

/**
 * Asks for the letter in both orders and adds up the log-odds, so that a liking for one letter, or for what stands first,
 * cancels out. The mentor's patch wins above 0; a tie goes to the generator. Suffix and choice are those of the published
 * order.
 *
 * @throws MentorCollabError `bad-input` where the verifier's server does not tell both letters' probabilities.
 */
export async function chooseByLetterSwapped(verifier: ModelText, patches: PatchTexts): Promise<Verdict> {
  const published = await chooseByLetter(verifier, patches);
  const swapped = await chooseByLetter(verifier, { generator: patches.mentor, mentor: patches.generator });
  if (published.score === null || swapped.score === null) {
    throw new MentorCollabError(
      'bad-input',
      'The verification "letterSwapped" needs the probabilities of both letters, which the server of the verifier does not tell. Choose the verification letter, or a verifier that runs on this machine.',
    );
  }
  const score = published.score - swapped.score;
  return { ...published, winner: score > 0 ? 'mentor' : 'generator', score };
}

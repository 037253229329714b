import type { ModelText, Patch, Word } from '../languageModel.ts';
import type { RunSettings } from '../runSettings.ts';
import type { Author } from '../verification/verdict.ts';
import type { DraftPace } from './draftPace.ts';
import { rejoinEarly } from './earlyRejoin.ts';

type ByAuthor<T> = Readonly<Record<Author, T>>;

/** Writes the models' patches for a step, as the settings want them. */
export class Drafts {
  readonly #settings: Pick<RunSettings, 'patchLength' | 'patchTokens' | 'earlyRejoin'>;
  readonly #pace: DraftPace;
  readonly #now: () => number;

  /** @param now - a clock in milliseconds. */
  constructor(
    settings: Pick<RunSettings, 'patchLength' | 'patchTokens' | 'earlyRejoin'>,
    pace: DraftPace,
    now: () => number,
  ) {
    this.#settings = settings;
    this.#pace = pace;
    this.#now = now;
  }

  /** @param words - both models' words where they diverged; they begin the patches, and are decoded already. */
  async write(models: ByAuthor<ModelText>, words: ByAuthor<Word>): Promise<ByAuthor<Patch>> {
    const { patchLength, earlyRejoin } = this.#settings;
    if (patchLength === 'word') return { generator: patchOf(words.generator), mentor: patchOf(words.mentor) };
    const drafts = await this.#draft(models, patchLength === 'sentence' ? 'sentence' : 'full');
    return earlyRejoin ? { ...drafts, mentor: await rejoinEarly(models.generator, drafts.mentor) } : drafts;
  }

  /** One model's patch alone, for a step at which no words were compared. */
  async writeOne(author: Author, models: ByAuthor<ModelText>): Promise<Patch> {
    const { patchLength, patchTokens, earlyRejoin } = this.#settings;
    if (patchLength === 'word') return patchOf(await models[author].nextWord({ entropy: false }));
    const patch = await models[author].draft(patchTokens, patchLength === 'sentence' ? 'sentence' : 'full');
    return earlyRejoin && author === 'mentor' ? rejoinEarly(models.generator, patch) : patch;
  }

  async #draft(models: ByAuthor<ModelText>, end: 'full' | 'sentence'): Promise<ByAuthor<Patch>> {
    const { patchTokens } = this.#settings;
    const { atOnce } = this.#pace;
    const startedMs = this.#now();
    const [generator, mentor] = await (atOnce ? both : inTurn)(
      () => models.generator.draft(patchTokens, end),
      () => models.mentor.draft(patchTokens, end),
    );
    this.#pace.note(atOnce, this.#now() - startedMs, generator.pieces.length + mentor.pieces.length);
    return { generator, mentor };
  }
}

async function inTurn<T>(first: () => Promise<T>, second: () => Promise<T>): Promise<[T, T]> {
  return [await first(), await second()];
}

/** Both have ended when it returns or throws, so that no model is still at work for a run that is over. */
async function both<T>(first: () => Promise<T>, second: () => Promise<T>): Promise<[T, T]> {
  const drafts = [first(), second()] as const;
  await Promise.allSettled(drafts);
  return Promise.all(drafts);
}

function patchOf({ text, pieces }: Word): Patch {
  return { text, pieces, endsTurn: pieces.length === 0 };
}

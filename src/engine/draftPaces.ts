import type { LanguageModel } from '../core/languageModel.ts';
import { DraftPace } from '../core/loop/draftPace.ts';

/** What has been measured of how pairs of loaded models draft, for as long as both are loaded. */
export class DraftPaces {
  readonly #paces = new WeakMap<LanguageModel, WeakMap<LanguageModel, Map<number | null, DraftPace>>>();

  /** @param threads - of each model; another number has a pace of its own, and so has the automatic one, null. */
  of(generator: LanguageModel, mentor: LanguageModel | null, threads: number | null): DraftPace {
    if (!mentor) return new DraftPace();
    const mentors = getOrAdd(this.#paces, generator, () => new WeakMap<LanguageModel, Map<number | null, DraftPace>>());
    const byThreads = getOrAdd(mentors, mentor, () => new Map<number | null, DraftPace>());
    return getOrAdd(byThreads, threads, () => new DraftPace());
  }
}

interface Keyed<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

function getOrAdd<K, V>(map: Keyed<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** `NAME-00001-of-00003.gguf`, as llama.cpp's gguf-split names the parts of a model. */
const PART = /^(.*)-(\d{5})-of-(\d{5})(\.gguf)$/i;
/** More parts than any published model has by far. */
const MOST_PARTS = 999;

export interface SplitName {
  /** From 1. */
  readonly part: number;
  /** The names of all parts in order, with whatever path stood before the given one. */
  readonly names: readonly string[];
}

/** What the name of a GGUF file says of the split model that it is a part of; null where it is no part's name. */
export function splitParts(name: string): SplitName | null {
  const [, stem, number, of, ending] = PART.exec(name) ?? [];
  const part = Number(number);
  const count = Number(of);
  if (stem === undefined || ending === undefined || part < 1 || part > count || count > MOST_PARTS) return null;
  const five = (value: number): string => String(value).padStart(5, '0');
  return {
    part,
    names: Array.from({ length: count }, (_, index) => `${stem}-${five(index + 1)}-of-${five(count)}${ending}`),
  };
}

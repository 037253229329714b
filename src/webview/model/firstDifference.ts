/** Longest beginning of a word that is looked back over, in UTF-16 units: not every script has blanks between words. */
const LONGEST_LOOK_BACK = 40;

/** Finds where a growing text first differs from a complete one; each character is compared once. */
export class FirstDifference {
  readonly #reference: string;
  #same = 0;

  constructor(reference: string) {
    this.#reference = reference;
  }

  /**
   * The offset of the first word that differs in UTF-16 units, never inside a character; null while there is none.
   *
   * @param isWhole - whether no more text comes, so that ending sooner is a difference.
   */
  find(text: string, isWhole: boolean): number | null {
    const reference = this.#reference;
    while (this.#same < text.length && text[this.#same] === reference[this.#same]) this.#same += 1;
    if (this.#same === text.length && (!isWhole || text.length === reference.length)) return null;
    const isCut = isInsideCharacter(text, this.#same) || isInsideCharacter(reference, this.#same);
    const offset = isCut ? this.#same - 1 : this.#same;
    const isInWord = [text, reference].some((each) => /\S/.test(each.charAt(offset)));
    return isInWord ? startOfWord(text, offset) : offset;
  }
}

/** Where the word begins that an offset is in; the offset itself when that is too far away. */
function startOfWord(text: string, offset: number): number {
  const [begun = ''] = /\S*$/.exec(text.slice(Math.max(0, offset - LONGEST_LOOK_BACK), offset)) ?? [];
  return begun.length === LONGEST_LOOK_BACK ? offset : offset - begun.length;
}

function isInsideCharacter(text: string, offset: number): boolean {
  const unit = text.charCodeAt(offset);
  return unit >= 0xdc00 && unit <= 0xdfff;
}

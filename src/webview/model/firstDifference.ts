/** Finds where a growing text first differs from a complete one; each character is compared once. */
export class FirstDifference {
  readonly #reference: string;
  #same = 0;

  constructor(reference: string) {
    this.#reference = reference;
  }

  /**
   * The offset of the first difference in UTF-16 units, never inside a character; null while there is none.
   *
   * @param isWhole - whether no more text comes, so that ending sooner is a difference.
   */
  find(text: string, isWhole: boolean): number | null {
    const reference = this.#reference;
    while (this.#same < text.length && text[this.#same] === reference[this.#same]) this.#same += 1;
    if (this.#same === text.length && (!isWhole || text.length === reference.length)) return null;
    return isInsideCharacter(text, this.#same) || isInsideCharacter(reference, this.#same)
      ? this.#same - 1
      : this.#same;
  }
}

function isInsideCharacter(text: string, offset: number): boolean {
  const unit = text.charCodeAt(offset);
  return unit >= 0xdc00 && unit <= 0xdfff;
}

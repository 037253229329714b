/** A hidden state as base64 of 32-bit floats, little end first: a quarter of what it takes in digits. */
export function hiddenText(hidden: readonly number[]): string {
  const bytes = Buffer.alloc(4 * hidden.length);
  for (const [index, value] of hidden.entries()) bytes.writeFloatLE(value, 4 * index);
  return bytes.toString('base64');
}

/** The numbers of such a text. */
export function readHidden(text: string): readonly number[] {
  const bytes = Buffer.from(text, 'base64');
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => bytes.readFloatLE(4 * index));
}

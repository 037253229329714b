/** One file of a data set. */
export interface DataFile {
  /** For messages. */
  readonly name: string;
  readonly text: string;
}

import type { ItemContent } from '../benchItem.ts';
import type { RecordReader } from '../recordReader.ts';
import type { LayoutName } from './layoutName.ts';

/** How one published data set writes its questions. */
export interface DataLayout {
  readonly name: LayoutName;
  /** The fields by which it is known, in words. */
  readonly fields: string;
  /** Whether an object with these fields is of this layout and of no other. */
  isKnownBy(fields: Readonly<Record<string, unknown>>): boolean;
  /** @throws MentorCollabError `bad-input` with the place. */
  read(record: RecordReader): ItemContent;
}

import { MentorCollabError } from '../../core/errors.ts';
import type { BenchItem, ItemContent } from './benchItem.ts';
import { dataError } from './dataError.ts';
import type { DataFile } from './dataFile.ts';
import type { DataRecord } from './dataRecords.ts';
import { readDataRecords } from './dataRecords.ts';
import type { FieldMap } from './fieldMap.ts';
import { OWN_FIELDS } from './fieldMap.ts';
import { publishedLayout, recognisedLayout } from './layouts/dataLayouts.ts';
import { readGeneral } from './layouts/generalLayout.ts';
import type { LayoutName } from './layouts/layoutName.ts';
import { RecordReader } from './recordReader.ts';

/** How a data set is to be read. */
export interface DataOptions {
  /** The layout of all files; default: each file is of the layout that its first question is of. */
  readonly layout?: LayoutName | undefined;
  /** Which field is which; makes it the general layout. Default: every field has its own name. */
  readonly fields?: FieldMap | undefined;
}

/**
 * Reads a data set of JSON Lines or JSON arrays, in our own layout or a published one (`LAYOUT_NAMES`).
 *
 * @throws MentorCollabError `bad-input` with file and line at the first question that can't be used, or that has another
 * one's id; nothing is left out.
 */
export function parseDataSet(files: readonly DataFile[], options: DataOptions = {}): readonly BenchItem[] {
  if (options.fields && options.layout !== undefined && options.layout !== 'general') {
    throw new MentorCollabError(
      'bad-input',
      `Fields can be mapped in the general layout only, not in ${options.layout}. Leave out --format or --field.`,
    );
  }
  const read = files.flatMap((file) => readFile(file, options));
  if (read.length === 0) {
    throw new MentorCollabError('bad-input', `There are no questions in ${files.map(({ name }) => name).join(', ')}.`);
  }
  const places = new Map<string, string>();
  return read.map(({ content, layout, place }, index) => {
    const id = content.id ?? String(index);
    const before = places.get(id);
    if (before !== undefined) throw dataError(place, `the id "${id}" is that of ${before} already; ids must differ.`);
    places.set(id, place);
    return { ...content, index, id, cluster: content.cluster ?? id, layout };
  });
}

interface ReadRecord {
  readonly content: ItemContent;
  readonly layout: LayoutName;
  readonly place: string;
}

function readFile(file: DataFile, { layout, fields }: DataOptions): readonly ReadRecord[] {
  const records = readDataRecords(file);
  const [first] = records;
  if (!first) return [];
  const name = layout ?? (fields ? 'general' : (recognisedLayout(first.fields)?.name ?? 'general'));
  return records.map((record) => ({
    content: readRecord(record, name, fields ?? OWN_FIELDS),
    layout: name,
    place: record.place,
  }));
}

function readRecord(record: DataRecord, name: LayoutName, fields: FieldMap): ItemContent {
  const published = publishedLayout(name);
  if (published) return published.read(new RecordReader(record, `${name} (${published.fields})`));
  return readGeneral(
    new RecordReader(record, 'the general layout (question, answer, choices, id, domain, cluster)'),
    fields,
  );
}

import { crc32 } from 'node:zlib';
import { ByteView } from './byteView.ts';
import { quoted, UnusableFile } from './unusableFile.ts';

/** One number a tensor and a few more are usual. */
const MOST_ENTRIES = 10_000;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const END = 0x06054b50;
const END_64 = 0x06064b50;
const END_64_LOCATOR = 0x07064b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const ZIP_64_EXTRA = 1;
/** Says that the value is in the 64-bit extra field. */
const ELSEWHERE = 0xffffffff;

interface Directory {
  readonly entries: number;
  readonly start: number;
  readonly bytes: number;
}

interface Entry {
  readonly name: string;
  readonly crc: number;
  /** Whether its bytes are its contents; they are compressed or encrypted otherwise. */
  readonly isStored: boolean;
  /** As they stand in the archive. */
  readonly bytes: number;
  /** Where its local header begins. */
  readonly headerStart: number;
}

interface Placed extends Entry {
  readonly start: number;
}

/**
 * The contents of a ZIP archive by name, as parts of its bytes; null for those that are compressed or encrypted, which what
 * PyTorch saves never is. Each entry has a place of its own, so that no archive holds more than its length; checksums are
 * checked.
 *
 * @throws UnusableFile for an archive that is damaged.
 */
export function zipEntries(bytes: Uint8Array): ReadonlyMap<string, Uint8Array | null> {
  const view = new ByteView(bytes);
  const directory = findDirectory(view);
  const placed = readDirectory(view, directory).map((entry) => place(view, entry));
  checkApart(placed, directory.start);
  const contents = new Map<string, Uint8Array | null>();
  for (const { name, start, bytes: length, crc, isStored } of placed) {
    if (contents.has(name)) throw new UnusableFile(`has two entries of the name ${quoted(name)}`);
    const content = isStored ? view.slice(start, length) : null;
    if (content && crc32(content) !== crc)
      throw new UnusableFile(`is damaged: the checksum of ${quoted(name)} is another`);
    contents.set(name, content);
  }
  return contents;
}

function findDirectory(view: ByteView): Directory {
  const end = findEnd(view);
  const hasLocator = end >= 20 && view.uint32(end - 20) === END_64_LOCATOR;
  const directory = hasLocator ? readEnd64(view, view.uint64(end - 12)) : readEnd(view, end);
  if (directory.entries > MOST_ENTRIES) throw new UnusableFile(`has more than ${MOST_ENTRIES} entries`);
  view.slice(directory.start, directory.bytes);
  return directory;
}

function findEnd(view: ByteView): number {
  const first = Math.max(0, view.length - END_BYTES - LONGEST_COMMENT);
  for (let at = view.length - END_BYTES; at >= first; at--) {
    if (view.uint32(at) === END && at + END_BYTES + view.uint16(at + 20) === view.length) return at;
  }
  throw new UnusableFile('is cut off: the directory at its end is missing');
}

function readEnd(view: ByteView, at: number): Directory {
  return { entries: view.uint16(at + 10), bytes: view.uint32(at + 12), start: view.uint32(at + 16) };
}

function readEnd64(view: ByteView, at: number): Directory {
  if (view.uint32(at) !== END_64) throw new UnusableFile('has a directory that is damaged');
  return { entries: view.uint64(at + 32), bytes: view.uint64(at + 40), start: view.uint64(at + 48) };
}

function readDirectory(view: ByteView, { entries, start, bytes }: Directory): readonly Entry[] {
  const read: Entry[] = [];
  let at = start;
  for (let index = 0; index < entries; index++) {
    if (at >= start + bytes || view.uint32(at) !== DIRECTORY_ENTRY) {
      throw new UnusableFile('has a directory that is damaged');
    }
    read.push(readEntry(view, at));
    at += 46 + view.uint16(at + 28) + view.uint16(at + 30) + view.uint16(at + 32);
  }
  return read;
}

function readEntry(view: ByteView, at: number): Entry {
  const nameLength = view.uint16(at + 28);
  const name = view.text(at + 46, nameLength);
  const isStored = view.uint16(at + 10) === 0 && (view.uint16(at + 8) & 1) === 0;
  const wide = wideValues(view, at + 46 + nameLength, view.uint16(at + 30));
  // In this order, and each only where the short field says so.
  const [fullBytes, bytes, headerStart] = [24, 20, 42].map((field) => {
    const value = view.uint32(at + field);
    return value === ELSEWHERE ? (wide.shift() ?? value) : value;
  });
  if (bytes === undefined || headerStart === undefined || (isStored && fullBytes !== bytes)) {
    throw new UnusableFile('has a directory whose sizes contradict each other');
  }
  return { name, crc: view.uint32(at + 16), isStored, bytes, headerStart };
}

/** The 64-bit numbers of an entry's extra field. */
function wideValues(view: ByteView, start: number, length: number): number[] {
  let at = start;
  while (at + 4 <= start + length) {
    const bytes = view.uint16(at + 2);
    if (view.uint16(at) === ZIP_64_EXTRA && at + 4 + bytes <= start + length) {
      return Array.from({ length: Math.min(3, Math.floor(bytes / 8)) }, (_, index) => view.uint64(at + 4 + index * 8));
    }
    at += 4 + bytes;
  }
  return [];
}

function place(view: ByteView, entry: Entry): Placed {
  const at = entry.headerStart;
  if (view.uint32(at) !== LOCAL_HEADER) throw new UnusableFile('has a directory that points to the wrong places');
  return { ...entry, start: at + 30 + view.uint16(at + 26) + view.uint16(at + 28) };
}

/** Entries that share bytes are how a small archive pretends to be large. */
function checkApart(placed: readonly Placed[], end: number): void {
  let free = 0;
  for (const { headerStart, start, bytes } of [...placed].sort((a, b) => a.headerStart - b.headerStart)) {
    if (headerStart < free || start + bytes > end) throw new UnusableFile('has entries that lie within each other');
    free = start + bytes;
  }
}

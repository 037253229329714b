import { toPlainName } from '../library/libraryPlaces.ts';

/** What a file is called in the library: the last part of its path, made fit for every file system. */
export function localName(path: string): string {
  return toPlainName(path.split('/').at(-1) ?? path);
}

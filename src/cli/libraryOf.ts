import { libraryFolder } from '../models/library/libraryFolder.ts';
import { ModelLibrary } from '../models/library/modelLibrary.ts';
import type { CommandContext } from './commandContext.ts';

/** The library that editor and terminal share. */
export function libraryOf({ environment }: Pick<CommandContext, 'environment'>): ModelLibrary {
  return new ModelLibrary(libraryFolder(null, environment));
}

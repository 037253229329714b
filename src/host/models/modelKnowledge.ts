import { join } from 'node:path';
import type { Catalogue } from '../../models/catalogue/catalogue.ts';
import { nearestModelId } from '../../models/catalogue/findModel.ts';
import { readCatalogue } from '../../models/catalogue/readCatalogue.ts';
import { knownModel } from '../../models/knownModel.ts';
import { libraryFolder } from '../../models/library/libraryFolder.ts';
import { ModelLibrary } from '../../models/library/modelLibrary.ts';
import type { ModelKnowledge } from '../settings/configuration.ts';
import type { SettingReader } from '../settings/readHostSettings.ts';
import { readModelsFolder } from './modelSettings.ts';
import type { ServerKeys } from './serverKeys.ts';

export interface ModelKnowledgeOptions {
  /** Absolute path of the folder of the models that ship with this program. */
  readonly shippedFolder: string;
  readonly readSetting: SettingReader;
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  readonly keys: Pick<ServerKeys, 'keyFor'>;
  /** Tells the user what is wrong with catalogue or settings; both are done without then. */
  readonly tellFailure: (thrown: unknown) => void;
}

/** What can be known of models before any of them is used. */
export interface FoundModels extends ModelKnowledge {
  readonly library: ModelLibrary;
  readonly catalogue: Catalogue;
  /** Absolute path of a file that ships with this program. */
  readonly shippedPath: (fileName: string) => string;
}

/** Finds models in library and catalogue, and the keys of servers. */
export function findModels(options: ModelKnowledgeOptions): FoundModels {
  const { shippedFolder, readSetting, environment, keys, tellFailure } = options;
  const orElse = <T>(read: () => T, otherwise: T): T => {
    try {
      return read();
    } catch (thrown) {
      tellFailure(thrown);
      return otherwise;
    }
  };
  const catalogue = orElse(() => readCatalogue(shippedFolder), { models: [], pairs: [] });
  const folder = orElse(() => readModelsFolder(readSetting), null);
  const library = new ModelLibrary(libraryFolder(folder, environment));
  return {
    library,
    catalogue,
    shippedPath: (fileName) => join(shippedFolder, fileName),
    findModel: (id) => knownModel(id, { library, catalogue }),
    nearestId: (id) => nearestModelId(catalogue, id),
    apiKeyFor: (url) => keys.keyFor(url),
  };
}

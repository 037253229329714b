import { command, commandGroup } from '../command.ts';
import { DOWNLOAD_OPTIONS, downloadCommand } from './downloadCommand.ts';
import { ESTIMATE_OPTIONS, estimateCommand } from './estimateCommand.ts';
import {
  IMPORT_OPTIONS,
  importCommand,
  REMOVE_OPTIONS,
  removeCommand,
  VERIFY_OPTIONS,
  verifyCommand,
} from './libraryCommands.ts';
import { LIST_OPTIONS, listCommand } from './listCommand.ts';

const LIST = command(
  {
    usage: 'models list [--memory GIB] [--json]',
    about:
      'Lists models and suggested pairs, whether they are installed and whether they fit. Sizes in memory are rough.',
  },
  LIST_OPTIONS,
  listCommand,
);
const DOWNLOAD = command(
  {
    usage: 'models download ID | hf:OWNER/REPOSITORY/FILE.gguf | URL',
    about: 'Downloads a model into the library; once interrupted, the same command goes on with it.',
  },
  DOWNLOAD_OPTIONS,
  downloadCommand,
);
const IMPORT = command(
  { usage: 'models import FILE', about: 'Registers a GGUF file where it is, under a name of its own.' },
  IMPORT_OPTIONS,
  importCommand,
);
const VERIFY = command(
  { usage: 'models verify [ID...]', about: 'Compares the files of installed models with their recorded hashes.' },
  VERIFY_OPTIONS,
  verifyCommand,
);
const REMOVE = command(
  { usage: 'models remove ID --yes', about: 'Deletes a downloaded model, or forgets an imported one.' },
  REMOVE_OPTIONS,
  removeCommand,
);
const ESTIMATE = command(
  {
    usage: 'models estimate [--generator M] [--mentor M] [--json]',
    about: 'Sums up what models take in memory together, and whether this machine has it.',
  },
  ESTIMATE_OPTIONS,
  estimateCommand,
);

/** `models`: what can be had, what is installed, and what fits. */
export const MODELS_COMMAND = commandGroup(
  'models',
  {
    usage: 'models list|download|import|verify|remove|estimate',
    about: 'Models that can be had, those installed, and pairs that fit this machine.',
  },
  new Map([
    ['list', LIST],
    ['download', DOWNLOAD],
    ['import', IMPORT],
    ['verify', VERIFY],
    ['remove', REMOVE],
    ['estimate', ESTIMATE],
  ]),
);

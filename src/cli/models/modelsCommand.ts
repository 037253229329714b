import { command, commandGroup } from '../command.ts';
import { LIST_OPTIONS, listCommand } from './listCommand.ts';

/** `models`: what can be had, what is installed, and what fits. */
export const MODELS_COMMAND = commandGroup(
  'models',
  { usage: 'models list', about: 'Models that can be had, those installed, and pairs that fit this machine.' },
  new Map([
    [
      'list',
      command(
        {
          usage: 'models list [--memory GIB] [--json]',
          about:
            'Lists models and suggested pairs, whether they are installed and whether they fit. Sizes in memory are rough.',
        },
        LIST_OPTIONS,
        listCommand,
      ),
    ],
  ]),
);

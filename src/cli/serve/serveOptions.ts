import { MentorCollabError } from '../../core/errors.ts';
import type { CommandContext } from '../commandContext.ts';
import type { CommandOptions, OptionSpec } from '../commandOptions.ts';
import type { RunOptionName } from '../runOptions.ts';
import { PRESET_OPTION, RUN_OPTIONS } from '../runOptions.ts';
import { UsageError } from '../usageError.ts';
import { isLoopbackHost } from '../../models/isLoopbackHost.ts';

export type ServeOptionName =
  | RunOptionName
  | 'preset'
  | 'host'
  | 'port'
  | 'api-key-env'
  | 'allow-origin'
  | 'max-body'
  | 'max-concurrent'
  | 'json'
  | 'quiet';

/** Options of a run that mean something here: whether a prompt is raw, each request says by its path. */
const SHARED_OPTIONS = RUN_OPTIONS.filter(({ name }) => name !== 'raw-prompt');

export const SERVE_OPTIONS: readonly OptionSpec<ServeOptionName>[] = [
  { name: 'host', value: 'HOST', help: 'address to listen on (default 127.0.0.1); others than loopback need a key' },
  { name: 'port', value: 'N', help: 'port to listen on (default 8080); 0 takes any that is free, and prints it' },
  { name: 'api-key-env', value: 'NAME', help: 'environment variable with the API key that clients must send' },
  {
    name: 'allow-origin',
    value: 'ORIGINS',
    help: 'web pages that may use it, such as http://localhost:3000 (comma-separated; default none)',
  },
  { name: 'max-body', value: 'BYTES', help: 'largest request (default 1048576)' },
  {
    name: 'max-concurrent',
    value: 'N',
    help: 'requests taken at once, one at work and the others waiting (default 16)',
  },
  PRESET_OPTION,
  ...SHARED_OPTIONS,
  { name: 'json', help: 'print the address and the models as one JSON document' },
  { name: 'quiet', help: 'no line for each request' },
];

/** Where and for whom the endpoint is. */
export interface ServeConfig {
  readonly host: string;
  readonly port: number;
  readonly apiKey: string | null;
  readonly allowedOrigins: readonly string[];
  readonly maxBodyBytes: number;
  readonly maxConcurrent: number;
}

const DEFAULT_PORT = 8_080;
/** More than the longest contexts take; tokenising that much takes a second or two. */
const DEFAULT_BODY_BYTES = 1_024 * 1_024;
const MOST_BODY_BYTES = 1_024 * 1_024 * 1_024;
const DEFAULT_CONCURRENT = 16;
const MOST_CONCURRENT = 10_000;

/**
 * What the options say about the endpoint, checked.
 *
 * @throws UsageError for a value that can't be, and for an address that other machines reach without an API key.
 */
export function readServeConfig(
  options: CommandOptions<ServeOptionName>,
  { environment }: Pick<CommandContext, 'environment'>,
): ServeConfig {
  const host = options.text('host') ?? '127.0.0.1';
  const apiKey = readApiKey(options.text('api-key-env'), environment);
  if (apiKey === null && !isLoopbackHost(host)) {
    throw new UsageError(
      `--host ${host} is reached by other machines, and there is no API key. Put one into an environment variable and give its name by --api-key-env, or listen on 127.0.0.1.`,
    );
  }
  return {
    host: host.replace(/^\[(.*)\]$/, '$1'),
    port: options.count('port', 0, 65_535) ?? DEFAULT_PORT,
    apiKey,
    allowedOrigins: readOrigins(options.text('allow-origin')),
    maxBodyBytes: options.count('max-body', 1, MOST_BODY_BYTES) ?? DEFAULT_BODY_BYTES,
    maxConcurrent: options.count('max-concurrent', 1, MOST_CONCURRENT) ?? DEFAULT_CONCURRENT,
  };
}

function readApiKey(name: string | undefined, environment: CommandContext['environment']): string | null {
  if (name === undefined) return null;
  const key = environment[name]?.trim();
  if (key !== undefined && key !== '') return key;
  throw new MentorCollabError(
    'bad-input',
    `The environment variable ${name} is not set or empty. Put the API key into it.`,
  );
}

/** A star would let every page in that a browser on this machine opens. */
function readOrigins(text: string | undefined): readonly string[] {
  const origins = (text ?? '').split(',').map((origin) => origin.trim().replace(/\/$/, ''));
  const named = origins.filter((origin) => origin !== '');
  const wrong = named.find((origin) => !/^[a-z][a-z\d+.-]*:\/\/[^/\s*]+$/i.test(origin));
  if (wrong === undefined) return named;
  throw new UsageError(
    `--allow-origin ${wrong} is not the origin of a web page. Write it as scheme://host:port, such as http://localhost:3000.`,
  );
}

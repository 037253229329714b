import { setTimeout } from 'node:timers/promises';
import type { AbortNotifier } from '../../core/languageModel.ts';
import type { ServingEngine } from '../../engine/serving/servingEngine.ts';
import type { CommandContext, CommandOutcome } from '../commandContext.ts';
import type { CommandOptions } from '../commandOptions.ts';
import { ProgressLine } from '../progressLine.ts';
import { planRuns } from '../runOptions.ts';
import { UsageError } from '../usageError.ts';
import { HttpEndpoint } from './http/httpEndpoint.ts';
import { loadServedModels } from './models/loadServedModels.ts';
import type { ServedModels } from './models/servedModels.ts';
import type { ServeConfig, ServeOptionName } from './serveOptions.ts';
import { readServeConfig } from './serveOptions.ts';
import { serveRoutes } from './serveRoutes.ts';

/** How long requests under way may go on once the server is told to end, in milliseconds. */
const GRACE_MS = 5_000;

/** `serve`: an OpenAI-compatible endpoint over a model or the pair, until it is interrupted. */
export async function serveCommand(
  options: CommandOptions<ServeOptionName>,
  context: CommandContext,
): Promise<CommandOutcome> {
  const [stray] = options.positionals;
  if (stray !== undefined) throw new UsageError(`"${stray}" is not understood. Name a model by --generator.`);
  const config = readServeConfig(options, context);
  const plan = planRuns(options, options.text('preset'), context);
  const hasMentor = options.text('mentor') !== undefined || options.text('generator') === undefined;
  const engine = await context.openServing();
  try {
    const progress = new ProgressLine(context.messages);
    const onProgress = (role: string, fraction: number): void => {
      progress.show(`Loading the ${role}… ${Math.floor(fraction * 100)}%`);
    };
    const names = { generator: options.text('generator'), mentor: options.text('mentor') };
    const models = await loadServedModels({ engine, plan, names, hasMentor, signal: context.signal, onProgress });
    progress.clear();
    await serve({ options, context, config, engine, models });
    return 'interrupted';
  } finally {
    await engine.runs.dispose();
  }
}

interface Serving {
  readonly options: CommandOptions<ServeOptionName>;
  readonly context: CommandContext;
  readonly config: ServeConfig;
  readonly engine: ServingEngine;
  readonly models: ServedModels;
}

async function serve({ options, context, config, engine, models }: Serving): Promise<void> {
  const { maxConcurrent, maxBodyBytes, apiKey, allowedOrigins } = config;
  const endpoint = new HttpEndpoint({
    routes: serveRoutes({ engine, models, maxConcurrent, build: 'mentorcollab' }),
    access: { apiKey, allowedOrigins },
    maxBodyBytes,
    maxConcurrent,
    log: (line) => {
      if (!options.has('quiet')) context.messages.write(`${line}\n`);
    },
  });
  const { address, port } = await endpoint.listen(config.host, config.port);
  const url = `http://${address.includes(':') ? `[${address}]` : address}:${port}/v1`;
  const ids = models.all.map(({ id }) => id);
  context.output.write(
    options.has('json')
      ? `${JSON.stringify({ url, host: address, port, models: ids })}\n`
      : `Listening on ${url}\nModels: ${ids.join(', ')}\n`,
  );
  await aborted(context.signal);
  const timer = new AbortController();
  // Also when nobody waits for it any more, which is how it ends.
  const grace = setTimeout(GRACE_MS, undefined, { signal: timer.signal }).catch(() => undefined);
  await endpoint.close(grace);
  timer.abort();
}

function aborted(signal: AbortNotifier): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else
      signal.addEventListener('abort', () => {
        resolve();
      });
  });
}

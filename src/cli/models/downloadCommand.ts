import { asMentorCollabError } from '../../core/errors.ts';
import { formatBytes } from '../../core/formatBytes.ts';
import { downloadOf } from '../../models/catalogue/downloadOf.ts';
import { findModel } from '../../models/catalogue/findModel.ts';
import { readCatalogue } from '../../models/catalogue/readCatalogue.ts';
import { downloadModel } from '../../models/download/downloadModel.ts';
import { isDownloadReference, parseDownloadReference } from '../../models/download/downloadReference.ts';
import { downloadTools } from '../../models/download/downloadTools.ts';
import { hubAccess } from '../../models/download/hub/hubAccess.ts';
import type { DownloadProgress } from '../../models/download/downloadStatus.ts';
import type { ModelDownload } from '../../models/download/modelDownload.ts';
import { SpeedMeter } from '../../models/download/speedMeter.ts';
import type { CommandContext, CommandOutcome } from '../commandContext.ts';
import { tell } from '../commandContext.ts';
import type { CommandOptions, OptionSpec } from '../commandOptions.ts';
import { ProgressLine } from '../progressLine.ts';
import { UsageError } from '../usageError.ts';
import { AbortLink } from '../../models/abortLink.ts';
import { libraryOf } from '../libraryOf.ts';

type DownloadOptionName = 'token-env' | 'endpoint' | 'json' | 'quiet';

export const DOWNLOAD_OPTIONS: readonly OptionSpec<DownloadOptionName>[] = [
  {
    name: 'token-env',
    value: 'NAME',
    help: 'environment variable with the access token of the hub (default HF_TOKEN)',
  },
  { name: 'endpoint', value: 'URL', help: 'a mirror of the hub (default: HF_ENDPOINT, or the public hub)' },
  { name: 'json', help: 'print the installed model as one JSON document' },
  { name: 'quiet', help: 'no progress' },
];

/** `models download`: one model into the library; interrupted, the same command goes on with it. */
export async function downloadCommand(
  options: CommandOptions<DownloadOptionName>,
  context: CommandContext,
): Promise<CommandOutcome> {
  const [reference, extra] = options.positionals;
  if (reference === undefined || extra !== undefined) {
    throw new UsageError(
      'Say which model to download: an id of "models list", hf:OWNER/REPOSITORY/FILE.gguf, or a URL.',
    );
  }
  const download = wanted(reference, context);
  const progress = new ProgressLine(context.messages);
  const meter = new SpeedMeter(() => performance.now());
  const tools = downloadTools(libraryOf(context), accessOf(options, context));
  try {
    const model = await downloadModel(download, tools, {
      signal: new AbortLink(context.signal).signal,
      onProgress: (state, bytesDone, bytesTotal) => {
        const arrived = meter.progress(bytesDone, bytesTotal);
        if (!options.has('quiet')) progress.show(progressText(download.id, state, arrived));
      },
      onNote: (note) => {
        if (note !== null && !options.has('quiet')) progress.show(`${download.id}: ${note}`);
      },
    });
    progress.clear();
    context.output.write(options.has('json') ? `${JSON.stringify(model)}\n` : `${model.path}\n`);
    return 'done';
  } catch (thrown) {
    progress.clear();
    const { code, message } = asMentorCollabError(thrown);
    if (code !== 'cancelled') throw thrown;
    tell(context, `${message} What has arrived is kept: the same command goes on with it.`);
    return 'interrupted';
  } finally {
    await tools.http.close();
  }
}

function wanted(reference: string, context: CommandContext): ModelDownload {
  if (isDownloadReference(reference)) return parseDownloadReference(reference);
  return downloadOf(findModel(readCatalogue(context.modelsFolder), reference));
}

function accessOf(
  options: CommandOptions<DownloadOptionName>,
  { environment }: CommandContext,
): Parameters<typeof downloadTools>[1] {
  const variable = options.text('token-env');
  const token = variable === undefined ? null : (environment[variable] ?? '');
  if (token === '') throw new UsageError(`--token-env: there is no variable ${variable ?? ''}.`);
  const tokenAdvice = 'Set the environment variable HF_TOKEN to it.';
  return {
    network: { proxy: null, environment },
    hub: hubAccess({ endpoint: options.text('endpoint') ?? null, token, tokenAdvice, environment }),
  };
}

function progressText(id: string, state: 'downloading' | 'verifying', arrived: DownloadProgress): string {
  const { bytesDone, bytesTotal, bytesPerSecond, remainingMs } = arrived;
  const share = bytesTotal === null || bytesTotal === 0 ? '' : ` ${Math.floor((bytesDone / bytesTotal) * 100)}%`;
  if (state === 'verifying') return `${id}: checking${share}`;
  const pace = bytesPerSecond === null ? '' : `, ${formatBytes(Math.round(bytesPerSecond))}/s`;
  const left = remainingMs === null ? '' : `, ${Math.ceil(remainingMs / 1_000)} s left`;
  return `${id}:${share} of ${bytesTotal === null ? 'unknown size' : formatBytes(bytesTotal)}${pace}${left}`;
}

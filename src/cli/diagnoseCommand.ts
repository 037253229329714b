import { homedir } from 'node:os';
import type { RoleSource } from '../diagnosis/collectDiagnosis.ts';
import { collectDiagnosis } from '../diagnosis/collectDiagnosis.ts';
import type { ChosenSetting, Diagnosis } from '../diagnosis/diagnosis.ts';
import { diagnosisMarkdown } from '../diagnosis/diagnosisMarkdown.ts';
import { environmentSecrets } from '../diagnosis/environmentSecrets.ts';
import { Redactor } from '../diagnosis/redactor.ts';
import { AbortLink } from '../models/abortLink.ts';
import type { CommandContext, CommandOutcome } from './commandContext.ts';
import type { CommandOptions, OptionSpec } from './commandOptions.ts';
import { libraryOf } from './libraryOf.ts';
import { ProgressLine } from './progressLine.ts';
import type { RunOptionName } from './runOptions.ts';
import { modelResolver, readEngineOptions, RUN_OPTIONS } from './runOptions.ts';
import { UsageError } from './usageError.ts';

const NAMES = ['generator', 'mentor', 'verifier', 'context-size', 'threads', 'gpu'] as const satisfies RunOptionName[];
type DiagnoseOptionName = (typeof NAMES)[number] | 'json';

export const DIAGNOSE_OPTIONS: readonly OptionSpec<DiagnoseOptionName>[] = [
  // Those of a run that say which models there are and how they are opened; each is there by its type.
  ...NAMES.flatMap((name) => RUN_OPTIONS.filter((spec): spec is OptionSpec<typeof name> => spec.name === name)),
  { name: 'json', help: 'print the report as one JSON document' },
];

/** `diagnose`: what a bug report needs, without secrets. */
export async function diagnoseCommand(
  options: CommandOptions<DiagnoseOptionName>,
  context: CommandContext,
  version: string,
): Promise<CommandOutcome> {
  const [extra] = options.positionals;
  if (extra !== undefined) throw new UsageError(`diagnose takes no "${extra}". See mentorcollab diagnose --help.`);
  const diagnosis = await look(options, context, version);
  const redactor = new Redactor({
    homeFolder: homedir(),
    secrets: environmentSecrets(context.environment),
    texts: [],
  });
  const report = redactor.redactAll(diagnosis);
  context.output.write(options.has('json') ? `${JSON.stringify(report)}\n` : diagnosisMarkdown(report));
  return 'done';
}

async function look(
  options: CommandOptions<DiagnoseOptionName>,
  context: CommandContext,
  version: string,
): Promise<Diagnosis> {
  const engineOptions = readEngineOptions(options);
  const engine = await context.openEngine();
  const progress = new ProgressLine(context.messages);
  try {
    return await collectDiagnosis({
      program: {
        version,
        host: 'the command line',
        node: process.versions.node,
        remote: null,
        isTrusted: null,
      },
      engine,
      engineFolder: import.meta.dirname,
      wasEngineRunning: null,
      options: engineOptions,
      modelsFolder: context.modelsFolder,
      roles: rolesOf(options, context),
      servers: [],
      library: libraryOf(context),
      settings: chosenOptions(options),
      settingsProblems: [],
      log: null,
      signal: new AbortLink(context.signal).signal,
      onProgress: (what) => {
        progress.show(`Looking at ${what}…`);
      },
    });
  } finally {
    progress.clear();
    await engine.dispose();
  }
}

function rolesOf(options: CommandOptions<DiagnoseOptionName>, context: CommandContext): readonly RoleSource[] {
  const resolve = modelResolver(context);
  const references = {
    generator: options.text('generator') ?? 'demo-small',
    mentor: options.text('mentor') ?? 'demo-mentor',
    verifier: options.text('verifier') ?? null,
  };
  return (['generator', 'mentor', 'verifier'] as const).map((role) => {
    const reference = references[role];
    return { role, reference, resolve: () => (reference === null ? null : resolve(role, reference)) };
  });
}

function chosenOptions(options: CommandOptions<DiagnoseOptionName>): readonly ChosenSetting[] {
  return NAMES.flatMap((name) => {
    const value = options.text(name);
    return value === undefined ? [] : [{ name: `--${name}`, value, from: 'command line' }];
  });
}

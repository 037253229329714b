import { formatBytes } from '../core/formatBytes.ts';
import type { EngineBackend, LoadedModel } from '../protocol/engineStatus.ts';
import type { ServerReport } from '../protocol/serverReport.ts';
import type {
  Diagnosis,
  EngineFacts,
  LibraryFacts,
  MachineFacts,
  ModelFileFacts,
  Problem,
  ProgramFacts,
  RoleFacts,
  ServerFacts,
} from './diagnosis.ts';

/** A report as a document for a bug report. What stands in it unquoted is ours; all else is quoted as code. */
export function diagnosisMarkdown(diagnosis: Diagnosis): string {
  const { program, machine, engine, roles, servers, library, log } = diagnosis;
  const sections: readonly (readonly [title: string, lines: readonly string[]])[] = [
    ['Program', programLines(program)],
    ['Machine', machineLines(machine)],
    ['Engine', engineLines(engine)],
    ...roles.map((role) => [titleOf(role), roleLines(role)] as const),
    ...(servers.length === 0 ? [] : [['Further servers', servers.flatMap(furtherServerLines)] as const]),
    ['Models on this machine', libraryLines(library)],
    ['Settings that are not at their default', settingLines(diagnosis)],
    ...(log === null ? [] : [['End of the log', [fenced(log)]] as const]),
  ];
  const body = sections.map(([title, lines]) => `## ${title}\n\n${lines.join('\n')}`);
  return `# MentorCollab: diagnosis\n\n${body.join('\n\n')}\n`;
}

/** How many things are wrong by a report. */
export function countProblems({ engine, settingsProblems, roles, servers, library }: Diagnosis): number {
  const named = [engine, library, ...roles, ...servers].map(({ problem }) => problem);
  return [...named, ...settingsProblems].filter((problem) => problem !== null).length;
}

function programLines({ version, host, node, remote, isTrusted }: ProgramFacts): readonly string[] {
  return [
    fact('MentorCollab', code(version)),
    fact('Runs in', `${code(host)}, Node ${code(node)}`),
    ...(remote === null ? [] : [fact('On another machine', code(remote))]),
    ...(isTrusted === null ? [] : [fact('Folder', isTrusted ? 'trusted' : 'not trusted: its settings name no models')]),
  ];
}

function machineLines({ platform, system, processor, cores, memory }: MachineFacts): readonly string[] {
  const { totalBytes, availableBytes } = memory;
  return [
    fact('System', `${code(platform)}, ${code(system)}`),
    fact('Processor', `${processor === null ? 'unknown' : code(processor)}, ${cores} logical cores`),
    fact('Memory', `${formatBytes(totalBytes)} that may be used, ${formatBytes(availableBytes)} of it free now`),
  ];
}

function engineLines(engine: EngineFacts): readonly string[] {
  const { libraryVersion, wasRunning, problem, backend, loadedModels, residentBytes } = engine;
  return [
    fact('node-llama-cpp', libraryVersion === null ? 'not found' : code(libraryVersion)),
    fact('Native library', problem === null ? 'loads' : `does not load: ${problemText(problem)}`),
    ...(backend === null ? [] : [fact('Computes on', backendText(backend))]),
    ...(wasRunning === null ? [] : [fact('Process', wasRunning ? 'ran before' : 'started for this report')]),
    ...(residentBytes === null ? [] : [fact('Memory of the process', formatBytes(residentBytes))]),
    ...loadedModels.map((model) => fact('Loaded', loadedText(model))),
  ];
}

function backendText({ name, devices, note }: EngineBackend): string {
  const where = devices.length === 0 ? code(name) : `${code(name)}: ${devices.map(code).join(', ')}`;
  return note === null ? where : `${where} (${code(note)})`;
}

function loadedText({ path, contextSize, estimatedBytes, actualBytes }: LoadedModel): string {
  const actual = actualBytes === null ? '' : `, ${formatBytes(actualBytes)} measured`;
  return `${code(path)}, ${contextSize} tokens of context, ${formatBytes(estimatedBytes)} expected${actual}`;
}

function titleOf({ role }: RoleFacts): string {
  return role.charAt(0).toUpperCase() + role.slice(1);
}

function roleLines({ reference, problem, file, server }: RoleFacts): readonly string[] {
  return [
    fact('Set to', reference === null ? 'the generator itself' : code(reference)),
    ...(problem === null ? [] : [fact('Problem', problemText(problem))]),
    ...(file === null ? [] : fileLines(file)),
    ...(server === null ? [] : serverLines(server)),
  ];
}

function fileLines(file: ModelFileFacts): readonly string[] {
  const { weightsBytes, contextBytes, totalBytes } = file.memory;
  const kind = [
    file.architecture,
    file.parameters === null ? null : `${file.parameters} parameters`,
    file.quantization,
    file.bytes === null ? null : formatBytes(file.bytes),
  ].filter((part) => part !== null);
  return [
    fact('File', code(file.path)),
    fact('Model', [file.name, ...kind].map(code).join(', ')),
    fact('SHA-256', file.sha256 === null ? 'not computed' : code(file.sha256)),
    fact('Context', `${file.contextSize} tokens`),
    fact('Chat template', file.hasChatTemplate ? 'its own' : 'none: questions are sent as plain text'),
    fact(
      'Memory when loaded, expected',
      `${formatBytes(totalBytes)} (weights ${formatBytes(weightsBytes)}, context ${formatBytes(contextBytes)})`,
    ),
  ];
}

function serverLines(server: ServerReport): readonly string[] {
  const { kind, version, model, models, contextSize, topLogProbabilities, chatTemplate } = server;
  const template = chatTemplate.name === null ? chatTemplate.from : `${chatTemplate.from}, ${code(chatTemplate.name)}`;
  return [
    fact('Server', `${code(server.url)}, answers in ${Math.round(server.timeMs)} ms`),
    fact('Kind', `${kind}${version === null ? '' : ` ${code(version)}`}`),
    fact('Model', model === null ? `not there; it has ${models.map(code).join(', ') || 'none'}` : code(model)),
    fact('Context', contextSize === null ? 'not told' : `${contextSize} tokens`),
    fact('Log-probabilities', topLogProbabilities === 0 ? 'none' : `the best ${topLogProbabilities} of a token`),
    fact('Log-probabilities of a prompt', server.hasPromptLogProbabilities ? 'yes' : 'no'),
    fact('Chat template', template),
    ...server.remarks.map((remark) => fact('Remark', code(remark))),
  ];
}

function furtherServerLines({ url, problem, report }: ServerFacts): readonly string[] {
  if (report === null) return [fact('Server', `${code(url)}: ${problem === null ? 'unknown' : problemText(problem)}`)];
  const { kind, version, models, timeMs } = report;
  const what = `${kind}${version === null ? '' : ` ${code(version)}`}`;
  return [
    fact('Server', `${code(url)}: ${what}, answers in ${Math.round(timeMs)} ms`),
    fact('Its models', models.map(code).join(', ') || 'none'),
  ];
}

function libraryLines({ folder, freeBytes, models, problem }: LibraryFacts): readonly string[] {
  return [
    fact('Folder', code(folder)),
    fact('Free disk', freeBytes === null ? 'unknown' : formatBytes(freeBytes)),
    ...(problem === null ? [] : [fact('Problem', problemText(problem))]),
    ...models.map(({ id, bytes, problem: wrong }) =>
      fact('Installed', `${code(id)}, ${formatBytes(bytes)}${wrong === null ? '' : `, ${wrong}`}`),
    ),
    ...(models.length === 0 ? [fact('Installed', 'none but the demo pair')] : []),
  ];
}

function settingLines({ settings, settingsProblems }: Diagnosis): readonly string[] {
  const lines = settings.map(({ name, value, from }) => `- ${code(name)}: ${code(value)} (${from})`);
  return [
    ...(lines.length === 0 ? ['- None.'] : lines),
    ...settingsProblems.map((problem) => fact('Problem', problemText(problem))),
  ];
}

function problemText({ code: errorCode, message }: Problem): string {
  return `${code(message)} (${errorCode})`;
}

function fact(label: string, value: string): string {
  return `- ${label}: ${value}`;
}

/** Text shown exactly as it is, on one line: longer fences than any in it, and no line of its own. */
function code(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line === '') return '(empty)';
  const fence = fenceFor(line, 1);
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

function fenced(text: string): string {
  if (text.trim() === '') return 'Empty.';
  const fence = fenceFor(text, 3);
  return `${fence}text\n${text.trimEnd()}\n${fence}`;
}

function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  return '`'.repeat(Math.max(least, longest + 1));
}

import { formatBytes } from '../../core/formatBytes.ts';
import type { CatalogueModel } from '../../models/catalogue/catalogue.ts';
import type { PairEstimate } from '../../models/catalogue/fittingPairs.ts';
import { fittingPairs } from '../../models/catalogue/fittingPairs.ts';
import { roughMemory, roughWeightBytes } from '../../models/catalogue/roughMemory.ts';
import { formatServerReference } from '../../models/serverReference.ts';
import type { ModelRole } from '../../protocol/engine.ts';
import { plainLabel } from '../plainLabel.ts';
import type { InstalledEntry, ModelMemory, ModelsSnapshot, ServerLine } from './modelsSnapshot.ts';
import { listRoles } from './roleWords.ts';

/** What a line of a list to choose from stands for. */
export type Picked =
  | { readonly type: 'model'; readonly reference: string }
  | { readonly type: 'pair'; readonly generator: string; readonly mentor: string }
  /** A server whose models are still to be listed. */
  | { readonly type: 'server'; readonly url: string }
  | { readonly type: 'newServer' }
  | { readonly type: 'browse' }
  /** The generator verifies itself. */
  | { readonly type: 'itself' };

/** One line of a list to choose from. */
export interface ModelPick {
  readonly label: string;
  readonly description: string;
  readonly detail: string | null;
  readonly picked: Picked;
}

/** Lines below one heading. */
export interface PickGroup {
  readonly heading: string;
  readonly picks: readonly ModelPick[];
}

export interface PickOptions {
  readonly role: ModelRole;
  /** Whether a suggested pair may be chosen, which settles the other role as well. */
  readonly offersPairs: boolean;
  /** What the models chosen before take, with what they are called; null for none. */
  readonly beside: { readonly name: string; readonly memory: ModelMemory | null } | null;
}

/** Everything that a role's model can be chosen from. */
export function modelPicks(snapshot: ModelsSnapshot, options: PickOptions): readonly PickGroup[] {
  const groups = [
    ...(options.role === 'verifier' ? [itselfGroup()] : []),
    ...(options.offersPairs ? [pairsGroup(snapshot)] : []),
    installedGroup(snapshot, options),
    serversGroup(snapshot, options),
    catalogueGroup(snapshot, options),
    elsewhereGroup(),
  ];
  return groups.filter(({ picks }) => picks.length > 0);
}

/** The pairs of the catalogue that fit, as lines of a list. */
export function pairPicks(snapshot: ModelsSnapshot): readonly ModelPick[] {
  const { catalogue, budget, contextSize } = snapshot;
  return fittingPairs(catalogue, budget.usableBytes, contextSize).map((pair) => pairPick(pair, snapshot));
}

function itselfGroup(): PickGroup {
  const pick: ModelPick = {
    label: '$(circle-slash) The generator itself',
    description: 'as in the paper',
    detail: null,
    picked: { type: 'itself' },
  };
  return { heading: 'No model of its own', picks: [pick] };
}

function pairsGroup(snapshot: ModelsSnapshot): PickGroup {
  return { heading: 'pairs suggested for this machine', picks: pairPicks(snapshot).slice(0, 3) };
}

function pairPick({ pair, generator, mentor, totalBytes }: PairEstimate, snapshot: ModelsSnapshot): ModelPick {
  const missing = [generator, mentor].filter((model) => !isHere(model, snapshot));
  const bytes = missing.map(roughWeightBytes);
  const toFetch = bytes.every((each) => each !== null) ? formatBytes(bytes.reduce((sum, each) => sum + each, 0)) : null;
  return {
    label: `$(star-empty) ${generator.name} + ${mentor.name}`,
    description: [
      totalBytes === null ? null : `about ${formatBytes(totalBytes)} in memory`,
      missing.length === 0 ? 'installed' : `${toFetch ?? 'size not known'} to download`,
    ]
      .filter((part) => part !== null)
      .join(' · '),
    detail: pair.description,
    picked: { type: 'pair', generator: generator.id, mentor: mentor.id },
  };
}

function installedGroup(snapshot: ModelsSnapshot, options: PickOptions): PickGroup {
  const sound = snapshot.installed.filter(({ problem }) => problem === null);
  return { heading: 'installed', picks: sound.map((entry) => installedPick(entry, snapshot, options)) };
}

function installedPick(entry: InstalledEntry, snapshot: ModelsSnapshot, options: PickOptions): ModelPick {
  const { id, name, bytes, quantization, usedAs, memory } = entry;
  const facts = [usedAs.length === 0 ? null : `in use as ${listRoles(usedAs)}`, formatBytes(bytes), quantization];
  return {
    label: plainLabel(name),
    description: facts.filter((fact) => fact !== null).join(' · '),
    detail: fitWords(memory, snapshot, options),
    picked: { type: 'model', reference: id },
  };
}

function serversGroup({ servers }: ModelsSnapshot, { role }: PickOptions): PickGroup {
  return { heading: 'on servers', picks: servers.flatMap((server) => serverPicks(server, role)) };
}

function serverPicks(server: ServerLine, role: ModelRole): readonly ModelPick[] {
  const { url, name, test, used } = server;
  const offered = test.type === 'answered' ? test.report.models : [];
  const models = [...new Set([...used.keys(), ...offered])];
  const picks = models.map((model): ModelPick => {
    const isInUse = used.get(model)?.includes(role) === true;
    return {
      label: `$(server) ${plainLabel(model)}`,
      description: `${isInUse ? `in use as ${role} · ` : ''}on ${plainLabel(name)}`,
      detail: null,
      picked: { type: 'model', reference: formatServerReference({ url, model }) },
    };
  });
  if (test.type === 'answered') return picks;
  const list: ModelPick = {
    label: `$(server) Another model of ${plainLabel(name)}…`,
    description: 'asks the server what it has',
    detail: null,
    picked: { type: 'server', url },
  };
  return [...picks, list];
}

function catalogueGroup(snapshot: ModelsSnapshot, options: PickOptions): PickGroup {
  const models = snapshot.catalogue.models.filter(
    (model) => model.repository !== null && !isHere(model, snapshot) && model.roles.includes(options.role),
  );
  const picks = models
    .toSorted((a, b) => (a.parameters ?? 0) - (b.parameters ?? 0))
    .map((model) => cataloguePick(model, snapshot, options));
  return { heading: 'catalogue, not downloaded yet', picks };
}

function cataloguePick(model: CatalogueModel, snapshot: ModelsSnapshot, options: PickOptions): ModelPick {
  const rough = roughMemory(model, snapshot.contextSize);
  const bytes = roughWeightBytes(model);
  return {
    label: `$(cloud-download) ${model.name}`,
    description: `${bytes === null ? 'size not known' : formatBytes(bytes)} to download · ${model.licence.name}`,
    detail: fitWords(rough && { bytes: rough.totalBytes, isRough: true }, snapshot, options),
    picked: { type: 'model', reference: model.id },
  };
}

/** What a model takes, with those chosen before, against what there is. */
function fitWords(memory: ModelMemory | null, { budget }: ModelsSnapshot, { beside }: PickOptions): string | null {
  if (memory === null) return null;
  const together = memory.bytes + (beside?.memory?.bytes ?? 0);
  const own = `About ${formatBytes(memory.bytes)} in memory`;
  const sum = beside?.memory ? `${own}, ${formatBytes(together)} with ${plainLabel(beside.name)}` : own;
  return together <= budget.usableBytes ? sum : `$(warning) ${sum}: too large for this machine`;
}

function elsewhereGroup(): PickGroup {
  return {
    heading: 'elsewhere',
    picks: [
      { label: '$(folder-opened) Browse for a GGUF file…', description: '', detail: null, picked: { type: 'browse' } },
      { label: '$(plug) Enter a server…', description: '', detail: null, picked: { type: 'newServer' } },
    ],
  };
}

function isHere({ id }: CatalogueModel, { installed }: ModelsSnapshot): boolean {
  return installed.some((entry) => entry.id === id && entry.problem === null);
}

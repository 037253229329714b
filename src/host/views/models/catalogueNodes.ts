import { formatBytes } from '../../../core/formatBytes.ts';
import type { CatalogueModel } from '../../../models/catalogue/catalogue.ts';
import type { PairEstimate } from '../../../models/catalogue/fittingPairs.ts';
import { estimatePairs, fittingPairs } from '../../../models/catalogue/fittingPairs.ts';
import { roughMemory, roughWeightBytes } from '../../../models/catalogue/roughMemory.ts';
import { familyName } from '../../models/familyName.ts';
import { isUnderWay } from '../../models/downloadWords.ts';
import type { ModelsSnapshot } from '../../models/modelsSnapshot.ts';
import type { ModelsNode } from './modelsNode.ts';
import { modelsNode, WARNING_COLOR } from './modelsNode.ts';
import { modelsTooltip } from './modelsTooltip.ts';

const KIND_WORDS = {
  instruct: 'answers in a chat',
  reasoning: 'reasons at length',
  base: 'goes on with a text; not trained to chat',
} as const;
const THINKING_WORDS = { never: 'no', always: 'always', optional: 'can be switched on' } as const;

/** What can be had: pairs that suit this machine first, then all models by family. */
export function catalogueNode(snapshot: ModelsSnapshot): ModelsNode {
  const { models } = snapshot.catalogue;
  const families = new Map<string, CatalogueModel[]>();
  for (const model of models) {
    if (model.repository !== null) families.set(model.family, [...(families.get(model.family) ?? []), model]);
  }
  return modelsNode({
    id: 'catalogue',
    label: 'Catalogue',
    description: `${models.length} models`,
    context: ['catalogue'],
    children: [
      ...pairsNodes(snapshot),
      ...[...families].map(([family, members]) => familyNode(family, members, snapshot)),
    ],
  });
}

function pairsNodes(snapshot: ModelsSnapshot): readonly ModelsNode[] {
  const { budget, catalogue, contextSize } = snapshot;
  const fitting = fittingPairs(catalogue, budget.usableBytes, contextSize);
  const ids = new Set(fitting.map(({ pair }) => pair.id));
  const others = estimatePairs(catalogue, contextSize).filter(({ pair }) => !ids.has(pair.id));
  const fittingNode = modelsNode({
    id: 'pairs',
    label: 'Pairs for this machine',
    description: `models may take ${formatBytes(budget.usableBytes)}`,
    icon: 'star-empty',
    context: ['pairs'],
    isOpen: true,
    children: fitting.map((pair) => pairNode(pair, true, snapshot)),
  });
  const otherNode = modelsNode({
    id: 'larger pairs',
    label: 'Pairs for larger machines',
    icon: 'circle-slash',
    context: ['pairs'],
    children: others.map((pair) => pairNode(pair, false, snapshot)),
  });
  return [fittingNode, otherNode].filter(({ children }) => children.length > 0);
}

function pairNode(
  { pair, generator, mentor, totalBytes }: PairEstimate,
  fits: boolean,
  snapshot: ModelsSnapshot,
): ModelsNode {
  const needed = totalBytes === null ? 'not known' : `about ${formatBytes(totalBytes)}`;
  const isHere = [generator, mentor].every((model) => isInstalled(model, snapshot));
  const facts = [fits ? 'fits' : 'too large for this machine', isHere ? 'installed' : null, needed];
  return modelsNode({
    id: `pair ${pair.id}`,
    label: `${shortName(generator)} + ${shortName(mentor)}`,
    description: facts.filter((fact) => fact !== null).join(' · '),
    icon: fits ? (isHere ? 'check' : 'star-empty') : 'circle-slash',
    tooltip: modelsTooltip({
      title: `${generator.name} + ${mentor.name}`,
      texts: [pair.description],
      rows: [
        ['Suggested for', pair.memoryGiB === null ? 'any machine' : `machines with ${pair.memoryGiB} GiB`],
        ['Memory, estimated', needed],
        ['Generator', describeDownload(generator, snapshot)],
        ['Mentor', describeDownload(mentor, snapshot)],
      ],
    }),
    context: ['pair', ...(fits ? ['fitting'] : [])],
    target: { type: 'pair', id: pair.id },
  });
}

/** Nearly all are trained to answer in a chat; a line is short. */
function shortName({ name }: CatalogueModel): string {
  return name.replace(' Instruct', '');
}

function familyNode(family: string, models: readonly CatalogueModel[], snapshot: ModelsSnapshot): ModelsNode {
  const bySize = models.toSorted((a, b) => (a.parameters ?? 0) - (b.parameters ?? 0));
  return modelsNode({
    id: `family ${family}`,
    label: familyName(models),
    description: models.length === 1 ? '1 model' : `${models.length} models`,
    icon: 'library',
    context: ['family'],
    children: bySize.map((model) => catalogueModelNode(model, snapshot)),
  });
}

function catalogueModelNode(model: CatalogueModel, snapshot: ModelsSnapshot): ModelsNode {
  const { id, name, licence, quantization, repository } = model;
  const memory = roughMemory(model, snapshot.contextSize)?.totalBytes ?? null;
  const fits = memory !== null && memory <= snapshot.budget.usableBytes;
  const isHere = isInstalled(model, snapshot);
  const isComing = isBeingDownloaded(model, snapshot);
  const state = isHere ? 'installed' : isComing ? 'downloading' : sizeOf(model);
  return modelsNode({
    id: `catalogue ${id}`,
    label: name,
    description: [state, quantization, fits || memory === null ? null : 'too large for this machine', licence.name]
      .filter((fact) => fact !== null)
      .join(' · '),
    icon: isHere ? 'check' : fits ? 'cloud' : 'circle-slash',
    color: fits || isHere ? null : WARNING_COLOR,
    tooltip: catalogueTooltip(model, memory, snapshot),
    context: [
      'catalogueModel',
      ...(repository === null ? [] : ['paged']),
      ...(isHere ? ['usable'] : isComing ? [] : ['downloadable', 'usable']),
    ],
    target: { type: 'catalogue', id },
  });
}

function catalogueTooltip(model: CatalogueModel, memory: number | null, snapshot: ModelsSnapshot): string {
  const { id, name, kind, thinking, roles, repository, originalRepository, licence, contextTokens } = model;
  return modelsTooltip({
    title: name,
    texts: [model.isPaperGenerator ? 'A generator of the paper’s own experiments.' : null],
    rows: [
      ['Id', id],
      ['Trained', KIND_WORDS[kind]],
      ['Thinks before it answers', THINKING_WORDS[thinking]],
      ['Suits as', roles.join(', ')],
      ['Download', describeDownload(model, snapshot)],
      ['Memory, estimated', memory === null ? 'not known' : `about ${formatBytes(memory)} (a rough sum)`],
      ['Context', contextTokens === null ? null : `${contextTokens.toLocaleString('en-US')} tokens`],
      ['From', repository],
      ['Made from', originalRepository],
      ['Licence', licence.isGated ? `${licence.name}, to be accepted on the hub first` : licence.name],
    ],
    link: licence.url === null ? null : { text: 'Licence', url: licence.url },
  });
}

function describeDownload(model: CatalogueModel, snapshot: ModelsSnapshot): string {
  const { name, quantization, repository } = model;
  if (repository === null) return `${name}, comes with MentorCollab`;
  const what = `${name}, ${quantization}`;
  return isInstalled(model, snapshot) ? `${what}, installed` : `${what}, ${sizeOf(model)} to download`;
}

function sizeOf(model: CatalogueModel): string {
  const bytes = roughWeightBytes(model);
  if (bytes === null) return 'size not known';
  return model.files.every((file) => file.bytes !== null) ? formatBytes(bytes) : `about ${formatBytes(bytes)}`;
}

function isInstalled({ id }: CatalogueModel, { installed }: ModelsSnapshot): boolean {
  return installed.some((entry) => entry.id === id && entry.problem === null);
}

function isBeingDownloaded({ id }: CatalogueModel, { downloads }: ModelsSnapshot): boolean {
  return downloads.some(({ status }) => status.download.id === id && isUnderWay(status));
}

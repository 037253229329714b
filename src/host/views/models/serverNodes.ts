import type { ServerReport } from '../../../protocol/serverReport.ts';
import { MODEL_COMMAND_IDS } from '../../commandIds.ts';
import type { ModelsSnapshot, ServerLine } from '../../models/modelsSnapshot.ts';
import { listRoles } from '../../models/roleWords.ts';
import { SERVER_KINDS, serverAbilities } from '../../models/serverWords.ts';
import { plainLabel } from '../../plainLabel.ts';
import type { ModelsNode } from './modelsNode.ts';
import { GOOD_COLOR, modelsNode, WARNING_COLOR } from './modelsNode.ts';
import { modelsTooltip } from './modelsTooltip.ts';

/** The model servers that were added or that roles name. */
export function serversNode({ servers, problems }: ModelsSnapshot): ModelsNode {
  return modelsNode({
    id: 'servers',
    label: 'Servers',
    description: servers.length === 0 ? 'none added' : String(servers.length),
    context: ['servers'],
    isOpen: true,
    children: [
      ...servers.map(serverNode),
      ...problems.map((problem, index) => problemNode(`servers problem ${index}`, problem)),
      ...(servers.length === 0 ? [addNode()] : []),
    ],
  });
}

function addNode(): ModelsNode {
  return modelsNode({
    id: 'add server',
    label: 'Add a model server…',
    icon: 'add',
    context: ['hint'],
    command: MODEL_COMMAND_IDS.addServer,
    tooltip: modelsTooltip({
      title: 'Models on a server',
      texts: [
        'Any server that completes text: llama-server, Ollama, LM Studio, vLLM, SGLang or “mentorcollab serve”, on this machine or on a cluster. Generator and mentor may each be on a server.',
      ],
    }),
  });
}

function problemNode(id: string, problem: string): ModelsNode {
  return modelsNode({
    id,
    label: plainLabel(problem),
    icon: 'warning',
    color: WARNING_COLOR,
    tooltip: modelsTooltip({ title: 'What is wrong', texts: [problem] }),
    context: ['problem'],
  });
}

function serverNode(server: ServerLine): ModelsNode {
  const { url, name, isAdded, hasKey, test } = server;
  const { words, icon, color } = stateOf(server);
  return modelsNode({
    id: `server ${url}`,
    label: plainLabel(name),
    description: words,
    icon,
    color,
    tooltip: modelsTooltip({
      title: name,
      texts: [test.type === 'failed' ? test.message : null],
      rows: [
        ['Address', url],
        ['State', words],
        ['API key', hasKey ? 'kept in the system’s key ring' : 'none'],
        ['Listed', isAdded ? 'in your settings' : 'because a role names it'],
        ...(test.type === 'answered' ? serverAbilities(test.report) : []),
      ],
    }),
    context: ['server', ...(isAdded ? ['addedServer'] : [])],
    target: { type: 'server', url },
    isOpen: true,
    children: childrenOf(server),
  });
}

function stateOf({ test }: ServerLine): {
  readonly words: string;
  readonly icon: string;
  readonly color: string | null;
} {
  switch (test.type) {
    case 'untested':
      return { words: 'not tested', icon: 'server', color: null };
    case 'testing':
      return { words: 'testing…', icon: 'loading~spin', color: null };
    case 'failed':
      return { words: 'test failed', icon: 'warning', color: WARNING_COLOR };
    case 'answered':
      return { words: `answers · ${describeServer(test.report)}`, icon: 'server', color: GOOD_COLOR };
  }
}

function describeServer({ kind, models }: ServerReport): string {
  return `${SERVER_KINDS[kind]} · ${models.length === 1 ? '1 model' : `${models.length} models`}`;
}

function childrenOf(server: ServerLine): readonly ModelsNode[] {
  const { test, used, url } = server;
  if (test.type === 'failed') return [problemNode(`server problem ${url}`, test.message)];
  const offered = test.type === 'answered' ? test.report.models : [];
  const named = [...used.keys()].filter((model) => !offered.includes(model));
  return [...offered, ...named].map((model) => modelNode(server, model, offered.includes(model)));
}

function modelNode({ url, test, used }: ServerLine, model: string, isOffered: boolean): ModelsNode {
  const roles = used.get(model) ?? [];
  const isUnknown = !isOffered && test.type === 'answered';
  const facts = [
    isUnknown ? 'not offered by the server' : null,
    roles.length === 0 ? null : `in use as ${listRoles(roles)}`,
  ];
  return modelsNode({
    id: `server model ${url}#${model}`,
    label: plainLabel(model),
    description: facts.filter((fact) => fact !== null).join(' · '),
    icon: isUnknown ? 'warning' : roles.length > 0 ? 'check' : 'package',
    color: isUnknown ? WARNING_COLOR : null,
    tooltip: modelsTooltip({
      title: model,
      rows: [
        ['Server', url],
        ['In use as', roles.length === 0 ? 'nothing' : listRoles(roles)],
        ...(test.type === 'answered' && test.report.model === model ? serverAbilities(test.report) : []),
      ],
    }),
    context: ['serverModel', 'usable'],
    target: { type: 'serverModel', url, model },
  });
}

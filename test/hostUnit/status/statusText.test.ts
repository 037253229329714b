import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { EngineStatus, LoadedModel } from '../../../src/protocol/engineStatus.ts';
import type { ModelsState, RoleState } from '../../../src/host/status/modelsState.ts';
import { statusText } from '../../../src/host/status/statusText.ts';
import { LINKED_COMMANDS } from '../../../src/host/status/statusTooltip.ts';

const MIB = 2 ** 20;

function loadedModel(path: string): LoadedModel {
  return { path, contextSize: 4_096, estimatedBytes: 900 * MIB, actualBytes: 1_000 * MIB };
}

function fileRole(role: RoleState['role'], path: string, isLoaded: boolean): RoleState {
  const name = path.split('/').at(-1) ?? path;
  const loaded = isLoaded ? loadedModel(path) : null;
  return { role, name, source: { type: 'file', path }, problem: null, loaded };
}

function serverRole(role: RoleState['role'], url: string, model: string): RoleState {
  const source = { type: 'server', url, model, apiKey: 'hidden' } as const;
  return { role, name: model, source, problem: null, loaded: null };
}

function engineStatus(changes: Partial<EngineStatus> = {}): EngineStatus {
  return {
    loadedModels: [loadedModel('/m/small.gguf'), loadedModel('/m/large.gguf')],
    activeRuns: 0,
    residentBytes: 2_100 * MIB,
    backend: { name: 'cpu', devices: [], note: 'No graphics processor was found.' },
    memory: { totalBytes: 16 * 1_024 * MIB, availableBytes: 9 * 1_024 * MIB },
    ...changes,
  };
}

function state(changes: Partial<ModelsState> = {}): ModelsState {
  return {
    roles: [fileRole('generator', '/m/small.gguf', true), fileRole('mentor', '/m/large.gguf', true)],
    activity: { type: 'idle' },
    engine: engineStatus(),
    gpu: 'auto',
    unloadsInMs: null,
    ...changes,
  };
}

const UNLOADED = [fileRole('generator', '/m/small.gguf', false), fileRole('mentor', '/m/large.gguf', false)];

describe('the line in the status bar', () => {
  it('names both models when they are loaded', () => {
    assert.equal(statusText(state()).text, '$(lightbulb) small + large');
  });

  it('says by another icon and by a word that they are not, or only one of them', () => {
    assert.equal(
      statusText(state({ roles: UNLOADED, engine: null })).text,
      '$(lightbulb-empty) small + large: not loaded',
    );
    const [generator] = state().roles;
    const half = [...(generator ? [generator] : []), fileRole('mentor', '/m/other.gguf', false)];
    assert.equal(statusText(state({ roles: half })).text, '$(lightbulb-empty) small + other: partly loaded');
  });

  it('counts models on servers as there', () => {
    const roles = [
      serverRole('generator', 'http://a/v1', 'Qwen/Qwen3-1.7B'),
      serverRole('mentor', 'http://b/v1', 'big'),
    ];
    assert.equal(statusText(state({ roles, engine: null })).text, '$(lightbulb) Qwen3-1.7B + big');
    const mixed = [fileRole('generator', '/m/small.gguf', false), serverRole('mentor', 'http://b/v1', 'big')];
    assert.equal(statusText(state({ roles: mixed })).text, '$(lightbulb-empty) small + big: not loaded');
  });

  it('tells how far a model is loaded, rounded down: 100% is done', () => {
    const activity = { type: 'loading', role: 'mentor', fraction: 0.999 } as const;
    assert.equal(statusText(state({ activity })).text, '$(loading~spin) loading the mentor 99%');
  });

  it('tells of a run with the models that it has, whatever is set for the next', () => {
    const names = { generatorName: 'other.gguf', mentorName: 'large.gguf' };
    const running = statusText(state({ activity: { type: 'running', ...names } }));
    assert.equal(running.text, '$(sync~spin) other + large: running');
    const alone = statusText(state({ activity: { type: 'stopping', ...names, mentorName: null } }));
    assert.equal(alone.text, '$(sync~spin) other: stopping');
  });

  it('names the role that can’t be used, and says why in the tooltip', () => {
    const [generator] = state().roles;
    const mentor: RoleState = {
      ...fileRole('mentor', '/m/gone.gguf', false),
      source: null,
      problem: 'mentorcollab.mentor: There is no model file at /m/gone.gguf.',
    };
    const { text, tooltip } = statusText(state({ roles: [...(generator ? [generator] : []), mentor] }));
    assert.equal(text, '$(warning) MentorCollab: the mentor can’t be used');
    assert.match(tooltip, /There is no model file at \/m\/gone\.gguf/);
  });

  it('cuts long names, drops endings of files, and shows no icon that a name asks for', () => {
    const roles = [
      fileRole('generator', '/m/DeepSeek-R1-Distill-Qwen-32B-Q4_K_M-00001-of-00002.gguf', true),
      fileRole('mentor', '/m/$(flame)🙂🙂.gguf', true),
    ];
    assert.equal(statusText(state({ roles })).text, '$(lightbulb) DeepSeek-R1-Distill… + $\u200b(flame)🙂🙂');
  });

  it('reads to a screen reader as words alone', () => {
    assert.equal(statusText(state()).label, 'MentorCollab: small + large');
  });
});

describe('the tooltip in the status bar', () => {
  it('has a row for each role with where its model is and what it takes', () => {
    const roles = [...state().roles.slice(0, 1), serverRole('mentor', 'http://127.0.0.1:8080/v1', 'big|bad')];
    const { tooltip } = statusText(state({ roles }));
    assert.match(
      tooltip,
      /\| Generator \| small\.gguf \| \/m\/small\.gguf \| loaded, 1000\.0 MiB \(900\.0 MiB expected\) \|/,
    );
    assert.match(tooltip, /\| Mentor \| big\\\|bad \| server http&#58;\/\/127\.0\.0\.1:8080\/v1 \| on the server \|/);
    assert.match(tooltip, /\| Verifier \| the generator itself \|/);
    assert.doesNotMatch(tooltip, /hidden/);
  });

  it('has a row of its own for a verifier that is another model', () => {
    const { tooltip } = statusText(state({ roles: [...state().roles, fileRole('verifier', '/m/judge.gguf', false)] }));
    assert.match(tooltip, /\| Verifier \| judge\.gguf \| \/m\/judge\.gguf \| not loaded \|/);
    assert.doesNotMatch(tooltip, /generator itself/);
  });

  it('writes the home folder as ~, and the demo pair as part of MentorCollab', () => {
    const roles = [
      { ...fileRole('generator', '/x/media/models/demo-small.gguf', true), name: 'demo-small' },
      fileRole('mentor', join(homedir(), 'models', 'a.gguf'), true),
    ];
    const { tooltip } = statusText(state({ roles }));
    assert.match(tooltip, /\| Generator \| demo-small \| comes with MentorCollab \|/);
    assert.match(tooltip, /\| \\~[\\/]models[\\/]a\.gguf \|/);
  });

  it('tells what the models are computed on, and why not on a graphics processor', () => {
    assert.match(statusText(state()).tooltip, /Computes on the processor \(CPU\)\. No graphics processor was found\./);
    const backend = { name: 'cuda', devices: ['NVIDIA H100'], note: null } as const;
    assert.match(statusText(state({ engine: engineStatus({ backend }) })).tooltip, /Computes on CUDA: NVIDIA H100\./);
  });

  it('tells what the engine takes, what else it holds, and when it gives that back', () => {
    const loadedModels = [...engineStatus().loadedModels, loadedModel('/m/third.gguf')];
    const { tooltip } = statusText(state({ engine: engineStatus({ loadedModels }), unloadsInMs: 11.2 * 60_000 }));
    assert.match(tooltip, /The engine takes 2\.1 GiB; 9\.0 GiB of 16\.0 GiB are free\./);
    assert.match(tooltip, /Also loaded: \/m\/third\.gguf/);
    assert.match(tooltip, /Unloaded in 12 minutes unless they are used\./);
    assert.match(statusText(state({ unloadsInMs: 2_000 })).tooltip, /Unloaded in less than a minute/);
  });

  it('says that the engine is not running when it is not', () => {
    assert.match(statusText(state({ engine: null, roles: UNLOADED })).tooltip, /The engine is not running/);
  });

  it('has links to our own commands, and lets no text make another', () => {
    const roles = [fileRole('generator', '/m/[x](command:evil.do).gguf', true), ...state().roles.slice(1)];
    const { tooltip } = statusText(state({ roles }));
    const links = [...tooltip.matchAll(/(?<!\\)\]\((?:command:)?([^)]*)\)/g)].map(([, target]) => target);
    assert.deepEqual(links, LINKED_COMMANDS);
  });
});

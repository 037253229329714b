// Prints by how many bytes a process grows when it loads models, by how many it is still larger once they are unloaded,
// and what the engine itself expected and measured.
// Run in a process of its own, with --expose-gc; takes the path of a model that is large enough to be seen.
import { setTimeout } from 'node:timers/promises';
import { fileSource } from '../../../src/core/modelSource.ts';
import { LlamaEngine } from '../../../src/engine/engine.ts';
import { RecordedRun, demoRequest } from '../recordedRun.ts';
import { DEMO_SMALL } from './demoModels.ts';

const never = new AbortController().signal;
const [, , path] = process.argv;
if (path === undefined) throw new Error('Give the path of a model.');
const engine = new LlamaEngine();

/** What the process holds, once what is garbage has gone. */
async function residentBytes(): Promise<number> {
  globalThis.gc?.();
  await setTimeout(200);
  return process.memoryUsage.rss();
}

async function load(model: string): Promise<void> {
  const options = { contextSize: null, threads: 1, gpu: 'off' } as const;
  const settings = { decision: { policy: 'never' }, maxTokens: 1 } as const;
  const request = demoRequest({ generator: fileSource(model), mentor: null, options, settings });
  await engine.solve(request, new RecordedRun(), never);
}

// What is loaded once and stays, llama.cpp itself, is no model's.
await load(DEMO_SMALL);
await engine.unload();
const before = await residentBytes();
await load(path);
const loadedBytes = (await residentBytes()) - before;
const [model] = (await engine.status()).loadedModels;
await engine.unload();
const unloadedBytes = (await residentBytes()) - before;
await engine.dispose();
console.log(JSON.stringify({ loadedBytes, unloadedBytes, ...model }));
process.exit(0);

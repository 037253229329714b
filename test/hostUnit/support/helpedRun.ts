import { fileSource } from '../../../src/core/modelSource.ts';
import { reason } from '../../../src/core/loop/reason.ts';
import { TRACE_FORMAT_VERSION } from '../../../src/core/runHeader.ts';
import { presetSettings } from '../../../src/core/runSettings.ts';
import type { HostRun } from '../../../src/host/runs/hostRun.ts';
import { stateOfEnd } from '../../../src/host/runs/stateOfEnd.ts';
import type { SolveRequest } from '../../../src/protocol/engine.ts';
import type { TraceLine } from '../../../src/protocol/trace.ts';
import { ScriptedModel } from '../../support/models/scriptedModel.ts';

const GENERATOR = ['Two', ' and', ' two', ' make', ' 5.', ' The', ' answer', ' is', ' 5.'];
const MENTOR = ['Two', ' plus', ' two', ' make', ' 4.', ' The', ' answer', ' is', ' 4.'];

/** Where the mentor's word is taken in a {@link helpedRun}; the answer hangs on the last alone. */
export const HELPED_STEPS = [1, 4, 8] as const;

/** A run that is over: `Two plus two make 4. The answer is 4.`, with three words of the mentor's. */
export async function helpedRun(runId: string): Promise<HostRun> {
  const question = 'What is 2 + 2?';
  const lines = await writeRun({
    runId,
    prompt: { form: 'chat', question },
    generator: fileSource('/models/demo-small'),
    mentor: fileSource('/models/demo-mentor'),
    verifier: null,
    settings: { ...presetSettings('always-mentor'), seed: 1, patchTokens: 1, decision: { policy: 'always' } },
    options: { contextSize: null, threads: null, gpu: 'off' },
    opening: null,
  });
  const last = lines.at(-1);
  if (last?.type !== 'run-ended') throw new Error('The run has no end.');
  return {
    ...{ runId, question, origin: null, notice: null, branch: null, parent: null },
    ...{ generatorName: 'demo-small', mentorName: 'demo-mentor', preset: 'always-mentor' },
    ...{ lines, state: stateOfEnd(last) },
  };
}

/** The trace that an engine would write for a request, over models that always say the same words. */
export async function writeRun(request: SolveRequest): Promise<TraceLine[]> {
  const { runId, prompt, settings, opening } = request;
  const signal = { aborted: false };
  const models = { generator: writer(GENERATOR, 'demo-small'), mentor: writer(MENTOR, 'demo-mentor') };
  const texts = {
    generator: await models.generator.openText(prompt, { signal }),
    mentor: await models.mentor.openText(prompt, { signal }),
  };
  const lines: TraceLine[] = [
    {
      type: 'run-started',
      formatVersion: TRACE_FORMAT_VERSION,
      ...{ runId, prompt, settings, threads: null },
      startedAt: '2026-01-02T03:04:05.000Z',
      generator: { model: models.generator.facts, promptAsSent: texts.generator.promptAsSent },
      mentor: { model: models.mentor.facts, promptAsSent: texts.mentor.promptAsSent },
      verifier: null,
      verifierFile: null,
      branch: opening?.branch ?? null,
    },
  ];
  const input = { ...texts, settings, opening: opening?.events ?? [], signal, now: () => 0 };
  for await (const event of reason(input)) lines.push(event);
  return lines;
}

/** Writes its words as long as the text has as many, whoever wrote them, and ends there. */
function writer(words: readonly string[], name: string): ScriptedModel {
  return new ScriptedModel({
    facts: { name, path: `/models/${name}` },
    continuation: (text) => words.slice(text === '' ? 0 : text.trimStart().split(' ').length),
  });
}

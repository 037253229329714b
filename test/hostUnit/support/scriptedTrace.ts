import { reason } from '../../../src/core/loop/reason.ts';
import { TRACE_FORMAT_VERSION } from '../../../src/core/runHeader.ts';
import { presetSettings } from '../../../src/core/runSettings.ts';
import type { TraceLine } from '../../../src/protocol/trace.ts';
import { ScriptedModel } from '../../support/models/scriptedModel.ts';

/**
 * The trace of a short run over scripted models, which probes every word: the mentor's " 4." is taken against the
 * generator's " 5.", so the text is `The answer is 4.`.
 */
export async function scriptedTrace(runId: string, question = 'What is 2 + 2?'): Promise<TraceLine[]> {
  const settings = { ...presetSettings('always-mentor'), seed: 1, decision: { policy: 'always' } as const };
  const generator = writer(['The', ' answer', ' is', ' 5.']);
  const mentor = writer(['The', ' answer', ' is', ' 4.']);
  const prompt = { form: 'chat', question } as const;
  const signal = { aborted: false };
  const texts = {
    generator: await generator.openText(prompt, { signal }),
    mentor: await mentor.openText(prompt, { signal }),
  };
  const lines: TraceLine[] = [
    {
      type: 'run-started',
      formatVersion: TRACE_FORMAT_VERSION,
      runId,
      startedAt: '2026-01-02T03:04:05.000Z',
      prompt,
      generator: { model: generator.facts, promptAsSent: texts.generator.promptAsSent },
      mentor: { model: mentor.facts, promptAsSent: texts.mentor.promptAsSent },
      verifier: null,
      settings,
      threads: null,
      verifierFile: null,
      branch: null,
    },
  ];
  for await (const event of reason({ ...texts, settings, signal, now: () => 0 })) lines.push(event);
  return lines;
}

/** Writes its words as long as the text has as many, whoever wrote them, and ends there. */
function writer(words: readonly string[]): ScriptedModel {
  return new ScriptedModel({
    continuation: (text) => words.slice(text === '' ? 0 : text.trimStart().split(' ').length),
  });
}

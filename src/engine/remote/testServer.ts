import type { ServerSource } from '../../core/modelSource.ts';
import type { ServerReport } from '../../protocol/serverReport.ts';
import { ServerHttp } from './serverHttp.ts';
import type { ServerProfile } from './serverProfile.ts';
import { askServer } from './serverProfile.ts';

/** Finds out what a server is and can do, and what that means for a run. */
export async function testServer(source: ServerSource, signal: AbortSignal): Promise<ServerReport> {
  const startedMs = performance.now();
  const profile = await askServer(new ServerHttp({ source }), signal);
  const { api: _api, echo: _echo, endText: _endText, format, ...told } = profile;
  return { ...told, chatTemplate: format.told, remarks: remarksOn(profile), timeMs: performance.now() - startedMs };
}

function remarksOn(profile: ServerProfile): readonly string[] {
  const remarks: string[] = [];
  const { told } = profile.format;
  if (profile.model === null) remarks.push('The server has no model of that name: choose one of those it lists.');
  if (profile.topLogProbabilities === 0) {
    remarks.push(
      'It tells no log-probabilities: the letter verification decides by the text alone and has no score, and the timeline shows no certainty.',
    );
  }
  if (!profile.hasPromptLogProbabilities) {
    remarks.push(
      "It tells no log-probabilities of a prompt: another model's words are checked one by one, and the decision surprise, the verification likelihood and early rejoin can't ask it.",
    );
  }
  if (told.from === 'family') {
    remarks.push(
      `It does not tell its chat template: that of ${told.name ?? 'its family'} is used, by the model's name.`,
    );
  }
  if (told.from === 'none') {
    remarks.push('No chat template is known for it: the question is sent as plain text.');
  }
  if (profile.contextSize === null)
    remarks.push('It does not tell its context size: a text that is too long ends the run.');
  return remarks;
}

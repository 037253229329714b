import { asMentorCollabError, MentorCollabError } from '../../core/errors.ts';
import type { SolveRequest } from '../../protocol/engine.ts';
import type { SettingReader } from '../settings/readHostSettings.ts';
import { readHostSettings, settingId } from '../settings/readHostSettings.ts';
import { demoNotice } from './demoNotice.ts';
import type { Ask, RunFacts } from './hostRun.ts';

/** What a run is made of besides its question. */
export interface RunSources {
  readonly readSetting: SettingReader;
  /** Absolute path of a model; throws a `MentorCollabError` when there is none. */
  readonly resolveModel: (reference: string) => string;
  /** Whether a model file may be loaded only because a trace names it. */
  readonly mayLoad: (path: string) => boolean;
}

/** A run ready to go, or what is wrong with it; its facts are known in either case. */
export type PreparedRun =
  | { readonly facts: RunFacts; readonly request: SolveRequest }
  | { readonly facts: RunFacts; readonly error: MentorCollabError };

/** Puts a question and the settings of this moment together. */
export function prepareRun(runId: string, ask: Ask, sources: RunSources): PreparedRun {
  const facts = lenientFacts(runId, ask, sources.readSetting);
  try {
    const settings = readHostSettings(sources.readSetting);
    return {
      facts: { ...facts, notice: demoNotice(settings, ask.question) },
      request: {
        runId,
        prompt: { form: 'chat', question: ask.question },
        generatorPath: resolveModel('generator', settings.generator, sources),
        mentorPath: resolveModel('mentor', settings.mentor, sources),
        settings: settings.run,
        options: settings.engine,
        opening: null,
      },
    };
  } catch (thrown) {
    return { facts, error: asMentorCollabError(thrown) };
  }
}

/** A model's short name: a demo model's id, a file's name. */
export function modelName(reference: string): string {
  return reference.split(/[\\/]/).at(-1) ?? reference;
}

/** The model's path; what is wrong with it is told of the setting that names it. */
export function resolveModel(setting: 'generator' | 'mentor', reference: string, sources: RunSources): string {
  try {
    return sources.resolveModel(reference);
  } catch (thrown) {
    const { code, message } = asMentorCollabError(thrown);
    throw new MentorCollabError(code, `${settingId(setting)}: ${message}`, { cause: thrown });
  }
}

/** Names for the panel even where a setting is wrong, so that the failure is shown with its question. */
function lenientFacts(runId: string, ask: Ask, readSetting: SettingReader): RunFacts {
  const named = (name: string): string => {
    const value = readSetting(name);
    return typeof value === 'string' && value.trim() !== '' ? modelName(value.trim()) : 'not set';
  };
  return {
    runId,
    ...ask,
    generatorName: named('generator'),
    mentorName: named('mentor'),
    preset: named('preset'),
    notice: null,
    branch: null,
    parent: null,
  };
}

import { asMentorCollabError, MentorCollabError } from '../../core/errors.ts';
import type { ModelSource } from '../../core/modelSource.ts';
import { isSameSource } from '../../core/modelSource.ts';
import { isServerReference } from '../../models/serverReference.ts';
import type { ModelRole, SolveRequest } from '../../protocol/engine.ts';
import type { HostSettings, SettingReader } from '../settings/readHostSettings.ts';
import { readHostSettings, settingId } from '../settings/readHostSettings.ts';
import { demoNotice } from './demoNotice.ts';
import type { Ask, RunFacts } from './hostRun.ts';

/** What a run is made of besides its question. */
export interface RunSources {
  readonly readSetting: SettingReader;
  /** Where a model is; throws a `MentorCollabError` when there is none. */
  readonly resolveModel: (reference: string) => ModelSource;
  /** Whether a model may be used only because a trace names it. */
  readonly mayLoad: (source: ModelSource) => boolean;
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
        ...resolveRoles(settings, sources),
        settings: settings.run,
        options: settings.engine,
        opening: null,
      },
    };
  } catch (thrown) {
    return { facts, error: asMentorCollabError(thrown) };
  }
}

/** `imported:`, or `owner--repository--` of a model of no catalogue. */
const OWN_PREFIX = /^(?:imported:|[\w.-]+?--[\w.-]+?--)/;

/** A model's short name: an id without what tells where it came from, a file's name, a model's name on its server. */
export function modelName(reference: string): string {
  if (isServerReference(reference)) return reference.slice(reference.indexOf('#') + 1);
  const name = reference.split(/[\\/]/).at(-1) ?? reference;
  return name.replace(OWN_PREFIX, '');
}

/** Where the models of all roles are; a verifier that is the generator is no model of its own. */
function resolveRoles(settings: HostSettings, sources: RunSources): Pick<SolveRequest, ModelRole> {
  const generator = resolveModel('generator', settings.generator, sources);
  const mentor = resolveModel('mentor', settings.mentor, sources);
  const verifier = settings.verifier === null ? null : resolveModel('verifier', settings.verifier, sources);
  return { generator, mentor, verifier: isSameSource(verifier, generator) ? null : verifier };
}

/** Where the model is; what is wrong with it is told of the setting that names it. */
export function resolveModel(setting: ModelRole, reference: string, sources: RunSources): ModelSource {
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

import type { Branch } from '../../core/branch/branch.ts';
import { branchSettings } from '../../core/branch/branch.ts';
import { openBranch } from '../../core/branch/openBranch.ts';
import { asMentorCollabError, MentorCollabError } from '../../core/errors.ts';
import type { RunHeader } from '../../core/runHeader.ts';
import type { SolveRequest } from '../../protocol/engine.ts';
import { eventsOf } from '../../protocol/eventsOf.ts';
import { readHostSettings } from '../settings/readHostSettings.ts';
import type { HostRun, RunFacts } from './hostRun.ts';
import type { PreparedRun, RunSources } from './prepareRun.ts';
import { modelName, resolveModel } from './prepareRun.ts';
import { parentRunOf } from './runRelations.ts';
import { recordedModelSource } from './recordedModelSource.ts';

export interface BranchOf {
  readonly parent: HostRun;
  readonly branch: Omit<Branch, 'parentRunId'>;
}

/**
 * Puts a branch together: models, prompt and settings are the parent's as its trace tells them, so that nothing but the
 * change is new; context and threads are those set now. A parent without a mentor that is to be probed from here on
 * gets the mentor that is set now.
 */
export function prepareBranch(runId: string, { parent, branch }: BranchOf, sources: RunSources): PreparedRun {
  const complete: Branch = { ...branch, parentRunId: parent.runId };
  const facts: RunFacts = {
    runId,
    question: parent.question,
    origin: parent.origin,
    generatorName: parent.generatorName,
    mentorName: parent.mentorName,
    preset: parent.preset,
    notice: parent.notice,
    branch: complete,
    parent: parentRunOf(parent.runId, parent.lines),
  };
  try {
    const header = headerOf(parent);
    const settings = readHostSettings(sources.readSetting);
    const needsMentor = header.mentor === null && branch.change.type === 'with-mentor';
    const mentor = needsMentor
      ? resolveModel('mentor', settings.mentor, sources)
      : header.mentor && recordedModelSource(header.mentor.model, sources);
    const request: SolveRequest = {
      runId,
      prompt: header.prompt,
      generator: recordedModelSource(header.generator.model, sources),
      mentor,
      verifier: header.verifier && recordedModelSource(header.verifier.model, sources),
      settings: branchSettings(header.settings, branch.change),
      options: settings.engine,
      opening: { branch: complete, events: openBranch(eventsOf(parent.lines), branch) },
    };
    return { facts: needsMentor ? { ...facts, mentorName: modelName(settings.mentor) } : facts, request };
  } catch (thrown) {
    return { facts, error: asMentorCollabError(thrown) };
  }
}

function headerOf(parent: HostRun): RunHeader {
  const header = parent.lines[0];
  if (header?.type === 'run-started') return header;
  throw new MentorCollabError('bad-input', 'This run never began, so there is nothing to branch from. Ask it again.');
}

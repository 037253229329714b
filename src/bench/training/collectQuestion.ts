import type { Branch } from '../../core/branch/branch.ts';
import { openBranch } from '../../core/branch/openBranch.ts';
import { MentorCollabError } from '../../core/errors.ts';
import type { AbortNotifier } from '../../core/languageModel.ts';
import { seededRandom } from '../../core/randomSource.ts';
import type { RunEvent } from '../../core/runEvent.ts';
import type { RunHeader } from '../../core/runHeader.ts';
import type { RunSettings } from '../../core/runSettings.ts';
import type { DecisionEvidence } from '../../core/verification/decisionEvidence.ts';
import { viewRun } from '../../core/view/runView.ts';
import type { SolveProgress, SolveRequest } from '../../protocol/engine.ts';
import { eventsOf } from '../../protocol/eventsOf.ts';
import type { TraceLine } from '../../protocol/trace.ts';
import { shuffled } from '../../verifier/training/shuffled.ts';
import { judgeAnswer } from '../answers/judgeAnswer.ts';
import { itemSeed } from '../arms/itemSeed.ts';
import type { BenchItem } from '../data/benchItem.ts';
import { promptText } from '../prompt/promptText.ts';
import type { Solve } from '../run/runJob.ts';
import type { TrainingStore } from './trainingFolder.ts';
import type { BegunQuestion, BranchPlace } from './trainingJournal.ts';
import type { TrainingPlan } from './trainingPlan.ts';
import { baseSettings, branchSettings } from './trainingPlan.ts';

/** What a question is run with. */
export interface CollectTools {
  readonly plan: TrainingPlan;
  readonly store: TrainingStore;
  readonly solve: Solve;
  /** Told of the models of each run; what it throws ends the work. */
  readonly onModels: (header: RunHeader) => Promise<void>;
  readonly onProgress: (progress: SolveProgress) => void;
  /** A run that failed midway, such as for a full context: it is left out, and run again the next time. */
  readonly onFailed: (message: string) => void;
  readonly signal: AbortNotifier;
}

/** A run that has come to its end. */
interface FinishedRun {
  readonly lines: readonly TraceLine[];
  readonly evidence: readonly DecisionEvidence[];
  readonly isCorrect: boolean;
}

/**
 * Runs what is not over yet of a question: the base run, then both branches of some of its divergences. Ends early once it is
 * cancelled; each run that is over is kept.
 */
export async function collectQuestion(item: BenchItem, tools: CollectTools): Promise<void> {
  const { store } = tools;
  const question = store.journal.questionOf(item.id) ?? (await beginQuestion(item, tools));
  if (question === null) return;
  const open = branchesOf(question).filter((place) => store.journal.branchOf(place) === null);
  if (open.length > 0) {
    const parent = await store.readBase(item.index);
    for (const place of open) if (!(await runBranch(item, { parent, place }, tools))) return;
  }
  await store.removeBase(item.index);
}

/** Both branches of each divergence; the last one's first, since what stands before it is part of what stands before the others. */
export function branchesOf({ item, chosen }: BegunQuestion): readonly BranchPlace[] {
  return chosen
    .toSorted((a, b) => b.step - a.step)
    .flatMap(({ step }) => (['generator', 'mentor'] as const).map((by) => ({ item, step, by })));
}

/** Null where the base run failed, or was cancelled. */
async function beginQuestion(item: BenchItem, tools: CollectTools): Promise<BegunQuestion | null> {
  const { plan, store } = tools;
  const settings = baseSettings(plan.settings);
  const run = await runOnce(item, { settings, opening: null }, tools);
  if (run === null) return null;
  const question: BegunQuestion = {
    item: item.id,
    isCorrect: run.isCorrect,
    divergences: run.evidence.length,
    chosen: drawn(run.evidence, plan.mostDivergences, itemSeed(plan.settings.seed, item.index)),
  };
  // The trace goes first: a question that is told of can always be gone on with.
  if (question.chosen.length > 0) await store.writeBase(item.index, run.lines);
  await store.journal.addQuestion(question);
  return question;
}

/** So many of them by chance, in their old order. */
function drawn(evidence: readonly DecisionEvidence[], most: number, seed: number): readonly DecisionEvidence[] {
  if (evidence.length <= most) return evidence;
  // Another stream than the decisions'.
  const kept = new Set(shuffled(evidence, seededRandom(-1 - seed)).slice(0, most));
  return evidence.filter((one) => kept.has(one));
}

/** False once the work is cancelled. */
async function runBranch(
  item: BenchItem,
  { parent, place }: { readonly parent: readonly RunEvent[]; readonly place: BranchPlace },
  tools: CollectTools,
): Promise<boolean> {
  const branch = branchTo(parent, place);
  const opening = { branch: { parentRunId: item.id, ...branch }, events: openBranch(parent, branch) };
  const run = await runOnce(item, { settings: branchSettings(tools.plan.settings), opening }, tools);
  if (run) await tools.store.journal.addBranch({ ...place, isCorrect: run.isCorrect });
  return run !== null || !tools.signal.aborted;
}

/** The base run up to a divergence and one of its patches: the one it took, or the other. */
function branchTo(parent: readonly RunEvent[], { step, by }: BranchPlace): Omit<Branch, 'parentRunId'> {
  const isOwn = parent.some((event) => event.type === 'step-taken' && event.step === step && event.source === by);
  return isOwn ? { step: step + 1, change: { type: 'without-mentor' } } : { step, change: { type: 'other-patch' } };
}

/** Null for a run that failed, or was cancelled. */
async function runOnce(
  item: BenchItem,
  own: Pick<SolveRequest, 'opening'> & { readonly settings: RunSettings },
  { plan, solve, onModels, onProgress, onFailed, signal }: CollectTools,
): Promise<FinishedRun | null> {
  const lines: TraceLine[] = [];
  const evidence: DecisionEvidence[] = [];
  const text = promptText(item, plan.prompt);
  const request: SolveRequest = {
    runId: own.opening ? `${item.id}/${own.opening.branch.step}/${own.opening.branch.change.type}` : item.id,
    prompt: plan.isRaw ? { form: 'raw', text } : { form: 'chat', question: text },
    generator: plan.generator,
    mentor: plan.mentor,
    verifier: null,
    options: plan.engine,
    // Of branches as well, which have no divergences: an engine opens its models otherwise for it, and would do so each time.
    recordsEvidence: true,
    ...own,
    settings: { ...own.settings, seed: itemSeed(plan.settings.seed, item.index) },
  };
  const listener = {
    onProgress,
    onLines: (told: readonly TraceLine[]) => lines.push(...told),
    onEvidence: (told: DecisionEvidence) => evidence.push(told),
  };
  const ended = await solve(request, listener, signal);
  if (ended.stop === 'cancelled') return null;
  const [header] = lines;
  if (header?.type !== 'run-started') throw new MentorCollabError('internal', 'A run has ended that has no header.');
  await onModels(header);
  if (ended.failure) {
    onFailed(`${item.id}: ${ended.failure.message}`);
    return null;
  }
  const { isCorrect } = await judgeAnswer(item, viewRun(eventsOf(lines)).text, plan.answers);
  return { lines, evidence, isCorrect };
}

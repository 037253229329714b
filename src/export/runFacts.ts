import type { DecisionSettings, ProbeReason } from '../core/decision/decisionPolicy.ts';
import type { ModelFacts } from '../core/languageModel.ts';
import type { StopReason } from '../core/runEvent.ts';
import type { RunHeader } from '../core/runHeader.ts';
import type { RunSettings } from '../core/runSettings.ts';
import { viewRun } from '../core/view/runView.ts';
import type { Outcome } from '../core/view/runView.ts';
import { formatCount, formatShare, formatTime } from './formatNumbers.ts';
import type { RunRecord } from './runRecord.ts';
import { solveResult } from './solveResult.ts';
import { visibleText } from '../core/view/visibleText.ts';

/** A name and its value, as a row of a table. */
export type Fact = readonly [name: string, value: string];

/** The question as it was asked. */
export function questionOf({ prompt }: RunHeader): string {
  return prompt.form === 'chat' ? prompt.question : prompt.text;
}

/** Why a run ended, for people. */
export function describeStop(stop: StopReason): string {
  switch (stop) {
    case 'end':
      return 'finished';
    case 'maxTokens':
      return 'stopped at the token limit';
    case 'repeat':
      return 'stopped after three equal texts';
    case 'stopString':
      return 'stopped at a stop string';
    case 'cancelled':
      return 'cancelled';
    case 'failed':
      return 'failed';
  }
}

/** What became of a probe, for people. */
export function describeOutcome(outcome: Outcome): string {
  switch (outcome) {
    case 'agreed':
      return 'both agreed';
    case 'keptGenerator':
      return "kept the generator's patch";
    case 'tookMentor':
      return "took the mentor's patch";
  }
}

/** Why a step was probed, for people. */
export function describeReason(reason: ProbeReason): string {
  switch (reason.policy) {
    case 'random':
      return `drew ${reason.draw.toFixed(3)}, below ${reason.probability}`;
    case 'confidence':
      return `confidence ${reason.confidence.toFixed(3)}, below ${reason.threshold}`;
    case 'entropy':
      return `entropy ${reason.entropy.toFixed(3)} nats, not below ${reason.threshold}`;
    case 'margin':
      return `margin ${reason.margin.toFixed(3)}, below ${reason.threshold}`;
    case 'budget':
      return `entropy ${reason.entropy.toFixed(3)} nats, in the top ${formatShare(reason.share)} of the last words (from ${reason.threshold.toFixed(3)} on)`;
    case 'stepStart':
      return `first of a sentence or line, entropy ${reason.entropy.toFixed(3)} nats, not below ${reason.threshold}`;
    case 'surprise':
      return `the mentor prefers its own word by ${reason.surprise.toFixed(3)} nats, more than ${reason.threshold}`;
    case 'positions':
      return 'a listed step';
    case 'always':
      return 'every step is probed';
  }
}

/** What a run cost and what the mentor did in it. */
export function numberFacts({ events }: RunRecord): readonly Fact[] {
  const result = solveResult(events);
  const { counts } = viewRun(events);
  const reason = result.mentorShareReason === undefined ? '' : `: ${result.mentorShareReason}`;
  return [
    ['Answer', result.answer ?? 'none found'],
    ['End', describeStop(result.stop)],
    ...(result.failure ? ([['Failure', result.failure.message]] as const) : []),
    ['Mentor share', `${formatShare(result.mentorShare)} of the accepted tokens${reason}`],
    ['Mentor step share', `${formatShare(result.mentorStepShare)} of the steps`],
    ['Steps', formatCount(result.steps)],
    ['Probes', formatCount(counts.probes)],
    ['Divergences', formatCount(counts.divergences)],
    ['Taken from the mentor', formatCount(counts.taken)],
    ['Time', formatTime(result.timeMs)],
  ];
}

/** How a run was set up. */
export function settingFacts({ header }: RunRecord): readonly Fact[] {
  const { settings } = header;
  return [
    ['Generator', describeModel(header.generator.model)],
    ['Mentor', header.mentor ? describeModel(header.mentor.model) : 'none'],
    ...(header.verifier ? ([['Verifier', describeModel(header.verifier.model)]] as const) : []),
    ['Preset', settings.preset],
    ['Decision', describeDecision(settings.decision)],
    ['Verification', settings.verification],
    ...(header.verifierFile ? ([['Trained verifier', header.verifierFile.path]] as const) : []),
    ['Patch', describePatch(settings)],
    ['Token limit', formatCount(settings.maxTokens)],
    ['Seed', String(settings.seed)],
    ['Stop strings', settings.stopStrings.map(visibleText).join(', ') || 'none'],
    ['Prompt', header.prompt.form === 'chat' ? "each model's own chat template" : 'raw text'],
    ['Threads', header.threads === null ? 'chosen by the engine' : String(header.threads)],
    ['Started', header.startedAt],
    ['Run', header.runId],
    ['Trace format', header.formatVersion],
  ];
}

function describePatch({ patchLength, patchTokens, earlyRejoin }: RunSettings): string {
  if (patchLength === 'word') return 'the probed word';
  const length = `${patchTokens} tokens`;
  const whole = patchLength === 'sentence' ? `a sentence, of up to ${length}` : length;
  return earlyRejoin ? `${whole}; the mentor's is cut where the generator agrees with it again` : whole;
}

function describeDecision(decision: DecisionSettings): string {
  switch (decision.policy) {
    case 'random':
      return `random, probability ${decision.probability}`;
    case 'confidence':
      return `confidence below ${decision.threshold}`;
    case 'entropy':
      return `entropy of at least ${decision.threshold} nats`;
    case 'margin':
      return `margin below ${decision.threshold}`;
    case 'budget':
      return `entropy in the top ${formatShare(decision.share)} of the last words`;
    case 'stepStart':
      return `first of a sentence or line, with an entropy of at least ${decision.threshold} nats`;
    case 'surprise':
      return `the mentor reads along and prefers its own word by more than ${decision.threshold} nats`;
    case 'positions':
      return `at the steps ${decision.steps.join(', ') || '(none)'}`;
    case 'always':
    case 'never':
      return decision.policy;
  }
}

function describeModel(model: ModelFacts): string {
  const facts = [
    model.parameters === null ? null : `${(model.parameters / 1e6).toFixed(2)} M parameters`,
    model.quantization,
    model.architecture,
    model.server === null ? null : `on ${model.server}`,
    model.contextSize === null ? null : `context ${formatCount(model.contextSize)} tokens`,
    model.sha256 === null ? null : `SHA-256 ${model.sha256}`,
  ];
  return [model.name, ...facts.filter((fact) => fact !== null)].join(', ');
}

import type { StopReason, TokenCounts } from '../../core/runEvent.ts';
import type { Calibration } from '../statistics/calibration.ts';

/**
 * Everything that a bench has found, as `report.json` and `bench --json` hold it; field names are a contract with scripts.
 * Reports in HTML and Markdown show this and nothing else.
 */
export interface BenchReport {
  readonly format: 'mentorcollab-bench';
  readonly version: '1.0';
  /** What was asked, of what, how often. */
  readonly plan: BenchFacts;
  readonly arms: readonly ArmReport[];
  readonly pairs: readonly PairReport[];
  /** Every item with how it went in every arm, in the order of the data. */
  readonly items: readonly ItemReport[];
  /** Runs that are planned and not done yet; 0 for a bench that is whole. */
  readonly missing: number;
}

/** Several pairs of models on the same questions, and the paper's summary figures over them. */
export interface MatrixReport {
  readonly format: 'mentorcollab-bench-matrix';
  readonly version: '1.0';
  readonly matrix: readonly BenchReport[];
  /** One entry an arm of both models together. */
  readonly summary: readonly MatrixSummary[];
}

export interface MatrixSummary {
  readonly arm: string;
  /** Pairs in which this arm and the generator alone have both run. */
  readonly pairs: number;
  /** Mean and best of accuracy minus the generator's, in points of 100. */
  readonly averageGain: number;
  readonly bestGain: number;
  /** Pairs in which it is more accurate than the generator alone. */
  readonly improved: number;
  /** Mean over pairs, 0..1. */
  readonly mentorShare: number;
}

export interface BenchFacts {
  readonly data: string;
  readonly domains: readonly DomainFacts[];
  readonly generator: ModelFacts;
  readonly mentor: ModelFacts | null;
  /** Null where the generator verifies. */
  readonly verifier: ModelFacts | null;
  /** Seeds that arms with chance in them were run at. */
  readonly seeds: readonly number[];
  readonly version: string;
}

export interface DomainFacts {
  readonly domain: string;
  readonly items: number;
  /** Its answers stood in the training of the models: what is measured is recall. */
  readonly isRecall: boolean;
}

export interface ModelFacts {
  readonly name: string;
  /** SHA-256 of its file in hexadecimal; null for a model on a server. */
  readonly sha256: string | null;
  readonly quantization: string | null;
  /** Null for a model of this machine. */
  readonly server: string | null;
}

/** Numbers of an arm, over all items or one domain. */
export interface Score {
  /** Runs: items, times seeds where there is chance in an arm. */
  readonly n: number;
  readonly correct: number;
  /** 0..1; 0 for no runs. */
  readonly accuracy: number;
  /** Interval of the accuracy at 95%, see {@link ArmReport.interval}. */
  readonly low: number;
  readonly high: number;
  /** Runs in which no answer was found; they count as wrong. */
  readonly unparsed: number;
  /** Runs that ended with an error; they count as wrong. */
  readonly failed: number;
  /** Accepted mentor tokens / accepted tokens of both over all runs, 0..1. */
  readonly mentorShare: number;
  /** Steps won by the mentor / all steps over all runs, 0..1: the published code's own counter. */
  readonly mentorStepShare: number;
  /** Sums over all runs. */
  readonly tokens: { readonly generator: TokenCounts; readonly mentor: TokenCounts; readonly verifier?: TokenCounts };
  /** Sum over all runs, in milliseconds; what runs at once shares the machine. */
  readonly timeMs: number;
}

export interface ArmReport extends Score {
  /** Unique among the arms. */
  readonly arm: string;
  /** What it is, in words: the preset and what is changed of it. */
  readonly description: string;
  /** Whether both models take part. */
  readonly hasMentor: boolean;
  /** How `low` and `high` were found: Wilson's score for one run an item, else a bootstrap over whole clusters. */
  readonly interval: 'wilson' | 'bootstrap';
  /** The probability of a probe in a sweep; null for an arm that is none of one. */
  readonly sweptProbability: number | null;
  readonly stops: Readonly<Partial<Record<StopReason, number>>>;
  readonly decisions: DecisionCounts;
  /** Decisions by step, in bins of equal width; empty without a mentor. */
  readonly positions: readonly PositionBin[];
  /**
   * How well the verifier's certainty tells a right answer: of each divergence, the probability that the verifier gave to
   * the patch that it kept, against whether the run's answer was right. Null where no verifier was asked.
   */
  readonly calibration: Calibration | null;
  readonly domains: readonly (Score & { readonly domain: string })[];
}

export interface DecisionCounts {
  readonly probes: number;
  readonly agreed: number;
  readonly keptGenerator: number;
  readonly tookMentor: number;
}

export interface PositionBin extends DecisionCounts {
  /** Steps `from` up to but not `to`. */
  readonly from: number;
  readonly to: number;
  /** Steps of all runs that lie there. */
  readonly steps: number;
}

/** Two arms on the items that both have answered. */
export interface PairReport {
  readonly a: string;
  readonly b: string;
  /** Items that both have answered. */
  readonly n: number;
  /** Runs that both got right, only one of them, or none: with several seeds, those of the same seed. */
  readonly both: number;
  readonly onlyA: number;
  readonly onlyB: number;
  readonly neither: number;
  /** Accuracy of `b` minus that of `a`, -1..1, with its interval at 95% from a paired bootstrap. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** McNemar's exact test for one run an item; a sign-flip test over whole clusters else. */
  readonly test: 'mcnemar' | 'sign-flip';
  readonly p: number;
  /** Adjusted for the number of pairs (Holm). */
  readonly pHolm: number;
  /**
   * About how many items would tell a difference such as the one seen from chance (80% power); null where the test has
   * told it already, where nothing differs, or where the test is not McNemar's.
   */
  readonly itemsNeeded: number | null;
}

export interface ItemReport {
  readonly id: string;
  readonly domain: string;
  readonly question: string;
  readonly expected: string;
  readonly runs: readonly ItemRun[];
}

export interface ItemRun {
  readonly arm: string;
  readonly seed: number;
  /** Null where none was found. */
  readonly answer: string | null;
  readonly isCorrect: boolean;
  readonly stop: StopReason;
  readonly failure: string | null;
  readonly mentorShare: number;
  readonly tokens: { readonly generator: TokenCounts; readonly mentor: TokenCounts; readonly verifier?: TokenCounts };
  readonly timeMs: number;
  /** The run's trace, relative to the report's folder with `/` between names; null where none was kept. */
  readonly trace: string | null;
  /** The run as a page for a browser, told in the same way; null where none was written. */
  readonly page: string | null;
}

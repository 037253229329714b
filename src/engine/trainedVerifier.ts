import { MentorCollabError } from '../core/errors.ts';
import type { ModelFacts } from '../core/languageModel.ts';
import type { RunHeader } from '../core/runHeader.ts';
import type { Judges } from '../core/verification/verificationPolicy.ts';
import type { SolveRequest } from '../protocol/engine.ts';
import { demoVerifierOf } from '../models/demoVerifier.ts';
import { logisticLogit } from '../verifier/logisticLogit.ts';
import { mlpLogit } from '../verifier/mlpLogit.ts';
import type { VerifierFile, VerifierFiles } from './verifierFiles.ts';

/** Ends what is wrong with a verifier. */
const CHOOSE =
  'Choose the verifier of this generator (verifierFile, --verifier-file), or train one with train-verifier.';

/** The trained verifier that a run judges by; nothing for verifications that need none. */
export interface TrainedVerifier {
  readonly file: RunHeader['verifierFile'];
  readonly judges: Judges;
}

/** The model that a verifier is to judge for. */
export interface JudgedGenerator {
  readonly facts: ModelFacts;
  /** Numbers of its hidden states; not told of a server's. */
  readonly hiddenStateSize?: number;
}

/** Whether the run's generator has to tell its hidden states. */
export function needsHiddenStates({
  settings,
  recordsEvidence,
}: Pick<SolveRequest, 'settings' | 'recordsEvidence'>): boolean {
  return settings.verification === 'mlp' || recordsEvidence === true;
}

/**
 * Reads the verifier that a run's verification needs, before any model is loaded; null where it needs none. Where the settings name
 * none, the demo pair has its own.
 *
 * @throws MentorCollabError `bad-input` where there is none, it lacks what is needed, or these models can't be judged by it.
 */
export async function readTrainedVerifier(request: SolveRequest, files: VerifierFiles): Promise<VerifierFile | null> {
  const { verification } = request.settings;
  const verifierFile = request.settings.verifierFile ?? demoVerifierOf(request.generator);
  if (verification !== 'mlp' && verification !== 'logistic') return null;
  if (verification === 'mlp') checkModels(request);
  if (verifierFile === null) {
    throw bad(
      `The verification "${verification}" needs a verifier that was trained, and none is known for this generator.`,
      CHOOSE,
    );
  }
  const file = await files.read(verifierFile);
  if (file.verifier[verification] === null) {
    const other = verification === 'mlp' ? 'logistic' : 'mlp';
    throw bad(
      `The verifier ${file.path} has no part that the verification "${verification}" judges by.`,
      `Choose the verification ${other}, which it was trained for, or another verifier (verifierFile, --verifier-file).`,
    );
  }
  return file;
}

function checkModels({ generator, verifier }: SolveRequest): void {
  if (generator.type === 'server') {
    throw bad(
      'The verification "mlp" judges by the hidden states of the generator, which no server tells.',
      'Choose a generator that runs on this machine, or another verification.',
    );
  }
  if (verifier !== null) {
    throw bad(
      'The verification "mlp" judges by the hidden states of the generator, so that no other model can verify.',
      'Leave the verifier out (verifier, --verifier), or choose another verification.',
    );
  }
}

/**
 * What a run judges by.
 *
 * @param file - what {@link readTrainedVerifier} gave.
 * @throws MentorCollabError `bad-input` for a verifier that belongs to another generator.
 */
export function trainedVerifierFor(file: VerifierFile | null, generator: JudgedGenerator): TrainedVerifier {
  if (file === null) return { file: null, judges: { mlp: null, logistic: null } };
  const { path, sha256, verifier } = file;
  const { mlp, logistic } = verifier;
  checkGenerator(file, generator);
  return {
    file: { path, sha256 },
    judges: {
      mlp: mlp && ((hidden) => mlpLogit(mlp, hidden)),
      logistic: logistic && ((features) => logisticLogit(logistic, features)),
    },
  };
}

function checkGenerator(
  { path, verifier: { card, mlp } }: VerifierFile,
  { facts, hiddenStateSize }: JudgedGenerator,
): void {
  const trainedFor = card?.generator;
  // What a server runs has no hash; and a published state dict names nobody.
  if (trainedFor?.sha256 && facts.sha256 !== null && trainedFor.sha256 !== facts.sha256) {
    const isOtherFile = trainedFor.name === facts.name;
    const names = isOtherFile
      ? `another file of ${facts.name}`
      : `the generator ${trainedFor.name}, not for ${facts.name}`;
    throw bad(`The verifier ${path} was trained for ${names}.`, CHOOSE);
  }
  if (mlp && hiddenStateSize !== undefined && mlp.first.inputs !== hiddenStateSize) {
    throw bad(
      `The verifier ${path} reads hidden states of ${mlp.first.inputs} numbers, but those of ${facts.name} have ${hiddenStateSize}.`,
      CHOOSE,
    );
  }
}

function bad(what: string, advice: string): MentorCollabError {
  return new MentorCollabError('bad-input', `${what} ${advice}`);
}

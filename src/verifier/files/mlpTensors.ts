import type { BatchNormWeights, LinearWeights, MlpWeights } from '../verifierWeights.ts';
import type { StoredTensor } from './storedTensor.ts';
import type { TensorSource } from './tensorSource.ts';
import { quoted, UnusableFile } from './unusableFile.ts';
import type { NumberTensor } from './writeSafetensors.ts';

/** The tensor that every MLP has, and that tells how wide its layers are. */
const FIRST = 'mlp.0.weight';
/** Counts batches while training; of no use afterwards. */
const IGNORED = '.num_batches_tracked';
/** Wider hidden states than any model's; beyond it the sizes of a file make no sense. */
const WIDEST = 1_000_000;

/** Whether a name is that of {@link FIRST}, whatever modules stand before it (`module.mlp.0.weight`). */
export function isFirstOfMlp(name: string): boolean {
  return name === FIRST || name.endsWith(`.${FIRST}`);
}

/** The tensors by their names in the published state dict, without what wrappers of a module have put before them. */
export function withoutPrefix(tensors: ReadonlyMap<string, StoredTensor>): ReadonlyMap<string, StoredTensor> {
  const firsts = [...tensors.keys()].filter(isFirstOfMlp);
  const [first] = firsts;
  if (first === undefined) return tensors;
  if (firsts.length > 1) throw new UnusableFile(`has two MLPs, one with ${quoted(first)} and another`);
  const prefix = first.slice(0, -FIRST.length);
  return new Map(
    [...tensors]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, tensor]) => [name.slice(prefix.length), tensor]),
  );
}

/**
 * The MLP of a file; null where it has none.
 *
 * @throws UnusableFile where tensors are missing, have the wrong shape, or belong to an MLP of other layers.
 */
export function readMlp(source: TensorSource): MlpWeights | null {
  const own = source.names.filter((name) => /^(?:mlp|linear)\./.test(name) && !name.endsWith(IGNORED));
  if (own.length === 0) return null;
  const width = widthOf(source.shapeOf(FIRST));
  const half = Math.floor(width / 2);
  const linear = (name: string, inputs: number, outputs: number): LinearWeights => ({
    inputs,
    outputs,
    weight: source.read(`${name}.weight`, [outputs, inputs]),
    bias: source.read(`${name}.bias`, [outputs]),
  });
  const norm = (name: string, outputs: number): BatchNormWeights => readNorm(source, name, outputs);
  const weights = {
    first: linear('mlp.0', width, 2 * width),
    firstNorm: norm('mlp.1', 2 * width),
    second: linear('mlp.4', 2 * width, width),
    secondNorm: norm('mlp.5', width),
    third: linear('mlp.8', width, half),
    output: linear('linear', half, 1),
  };
  const known = mlpTensors(weights);
  const foreign = own.find((name) => !known.has(name));
  if (foreign === undefined) return weights;
  throw new UnusableFile(
    `has ${quoted(foreign)}, which MentorCollab's MLP does not have: it is another network`,
    'Choose the verifier of your generator, or train one with train-verifier.',
  );
}

/** The tensors of an MLP by their names in the published state dict. */
export function mlpTensors(weights: MlpWeights): ReadonlyMap<string, NumberTensor> {
  return new Map([
    ...linearTensors('mlp.0', weights.first),
    ...normTensors('mlp.1', weights.firstNorm),
    ...linearTensors('mlp.4', weights.second),
    ...normTensors('mlp.5', weights.secondNorm),
    ...linearTensors('mlp.8', weights.third),
    ...linearTensors('linear', weights.output),
  ]);
}

function widthOf([outputs, inputs, ...others]: readonly number[]): number {
  const isMatrix = outputs !== undefined && inputs !== undefined && others.length === 0;
  if (isMatrix && inputs >= 2 && inputs <= WIDEST && outputs === 2 * inputs) return inputs;
  throw new UnusableFile(
    `has ${FIRST} as ${[outputs, inputs, ...others].join(' x ')}, but MentorCollab's MLP leads from h numbers to 2h`,
    'Choose the verifier of your generator, or train one with train-verifier.',
  );
}

function readNorm(source: TensorSource, name: string, outputs: number): BatchNormWeights {
  const list = (field: string): Float32Array => source.read(`${name}.${field}`, [outputs]);
  const runningVariance = list('running_var');
  if (runningVariance.some((value) => value < 0)) throw new UnusableFile(`has a variance below 0 in ${name}`);
  return { weight: list('weight'), bias: list('bias'), runningMean: list('running_mean'), runningVariance };
}

type Named = readonly (readonly [name: string, tensor: NumberTensor])[];

function linearTensors(name: string, { inputs, outputs, weight, bias }: LinearWeights): Named {
  return [
    [`${name}.weight`, { shape: [outputs, inputs], values: weight }],
    [`${name}.bias`, { shape: [outputs], values: bias }],
  ];
}

function normTensors(name: string, norm: BatchNormWeights): Named {
  const list = (values: Float32Array): NumberTensor => ({ shape: [values.length], values });
  return [
    [`${name}.weight`, list(norm.weight)],
    [`${name}.bias`, list(norm.bias)],
    [`${name}.running_mean`, list(norm.runningMean)],
    [`${name}.running_var`, list(norm.runningVariance)],
  ];
}

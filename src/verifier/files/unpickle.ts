import { ByteView } from './byteView.ts';
import { allowedGlobal, callGlobal, storageOf } from './pickleGlobals.ts';
import type { PickleObject, PickleValue } from './pickleValue.ts';
import { objectOfKind } from './pickleValue.ts';
import { UnusableFile } from './unusableFile.ts';

/** A state dict's pickle has 5 kB; a checkpoint's, with an optimiser's state and a history, far less than this. */
const MOST_BYTES = 4 * 1024 * 1024;
/** Texts, lists, dicts and remembered values, each of which takes a hundred times the bytes that ask for it. */
const MOST_OBJECTS = 100_000;
/** Names of modules and classes are shorter. */
const LONGEST_NAME = 1_000;

/**
 * Reads a pickle as far as a state dict needs it: numbers, texts, lists, dicts and tensors of PyTorch. Any other instruction,
 * and any name but the few allowed ones, ends the reading. The work and memory grow with its length alone.
 *
 * @throws UnusableFile with what was found.
 */
export function unpickle(bytes: Uint8Array): PickleValue {
  if (bytes.length > MOST_BYTES) throw new UnusableFile('holds far more than a state dict does');
  return new PickleMachine(bytes).run();
}

/** The stack machine that a pickle is a program for. */
class PickleMachine {
  readonly view: ByteView;
  #at = 0;
  readonly #stack: PickleValue[] = [];
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, PickleValue>();
  #objects = 0;

  constructor(bytes: Uint8Array) {
    this.view = new ByteView(bytes);
  }

  run(): PickleValue {
    for (;;) {
      const code = this.view.uint8(this.skip(1));
      if (code === STOP) return this.pop();
      const value = VALUES.get(code);
      if (value) this.#push(value(this));
      else act(code, this);
    }
  }

  /** Passes so many bytes by; returns where they begin. */
  readonly skip = (bytes: number): number => {
    const at = this.#at;
    this.#at += bytes;
    return at;
  };

  pop(): PickleValue {
    const value = this.#stack.length > (this.#marks.at(-1) ?? 0) ? this.#stack.pop() : undefined;
    if (value === undefined) throw new UnusableFile('has a damaged pickle: it takes more than it has');
    return value;
  }

  /** The value that the next ones are put into. */
  top(): PickleValue {
    const value = this.pop();
    this.#stack.push(value);
    return value;
  }

  /** Takes so many values, in the order they came. */
  popMany(count: number): PickleValue[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }

  mark(): void {
    this.#marks.push(this.#stack.length);
  }

  /** Takes what came since the last mark, in that order. */
  popMarked(): PickleValue[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw new UnusableFile('has a damaged pickle: it takes more than it has');
    return this.#stack.splice(mark);
  }

  remember(place: number): void {
    this.#count();
    this.#memo.set(place, this.top());
  }

  /** Remembers at the next free place. */
  memoize(): void {
    this.remember(this.#memo.size);
  }

  recall(place: number): PickleValue {
    const value = this.#memo.get(place);
    if (value === undefined) throw new UnusableFile('has a damaged pickle: it recalls what it has not kept');
    return value;
  }

  /** The next line, without its end. */
  line(): string {
    const end = this.view.bytes.indexOf(0x0a, this.#at);
    const length = end - this.#at;
    if (end < 0 || length > LONGEST_NAME) throw new UnusableFile('has a name in its pickle that does not end');
    return this.view.text(this.skip(length + 1), length);
  }

  /** The next bytes as a text. */
  text(bytes: number): string {
    this.#count();
    return this.view.text(this.skip(bytes), bytes);
  }

  #push(value: PickleValue): void {
    if (typeof value === 'object') this.#count();
    this.#stack.push(value);
  }

  #count(): void {
    this.#objects += 1;
    if (this.#objects > MOST_OBJECTS) throw new UnusableFile('holds far more than a state dict does');
  }
}

const STOP = 0x2e;

/** Instructions that put a value on the stack, by opcode, with the names of Python's pickletools. */
const VALUES: ReadonlyMap<number, (machine: PickleMachine) => PickleValue> = new Map([
  // NONE, NEWTRUE, NEWFALSE
  [0x4e, () => null],
  [0x88, () => true],
  [0x89, () => false],
  // BININT, BININT1, BININT2, LONG1, BINFLOAT
  [0x4a, ({ view, skip }) => view.int32(skip(4))],
  [0x4b, ({ view, skip }) => view.uint8(skip(1))],
  [0x4d, ({ view, skip }) => view.uint16(skip(2))],
  [0x8a, longInteger],
  [0x47, ({ view, skip }) => view.bigEndianFloat64(skip(8))],
  // BINUNICODE, SHORT_BINUNICODE
  [0x58, (machine) => machine.text(machine.view.uint32(machine.skip(4)))],
  [0x8c, (machine) => machine.text(machine.view.uint8(machine.skip(1)))],
  // EMPTY_TUPLE, TUPLE1, TUPLE2, TUPLE3, TUPLE, EMPTY_LIST
  [0x29, () => sequence([])],
  [0x85, (machine) => sequence(machine.popMany(1))],
  [0x86, (machine) => sequence(machine.popMany(2))],
  [0x87, (machine) => sequence(machine.popMany(3))],
  [0x74, (machine) => sequence(machine.popMarked())],
  [0x5d, () => sequence([])],
  // EMPTY_DICT
  [0x7d, () => ({ kind: 'dict', entries: new Map<PickleValue, PickleValue>() })],
  // BINGET, LONG_BINGET
  [0x68, (machine) => machine.recall(machine.view.uint8(machine.skip(1)))],
  [0x6a, (machine) => machine.recall(machine.view.uint32(machine.skip(4)))],
  // GLOBAL, STACK_GLOBAL, REDUCE, BINPERSID
  [0x63, (machine) => allowedGlobal(machine.line(), machine.line())],
  [0x93, stackGlobal],
  [0x52, reduce],
  [0x51, (machine) => storageOf(machine.pop())],
] satisfies readonly (readonly [number, (machine: PickleMachine) => PickleValue])[]);

/** Carries out any other instruction. */
function act(code: number, machine: PickleMachine): void {
  switch (code) {
    case 0x80: // PROTO
      machine.skip(1);
      break;
    case 0x95: // FRAME
      machine.skip(8);
      break;
    case 0x28: // MARK
      machine.mark();
      break;
    case 0x30: // POP
      machine.pop();
      break;
    case 0x31: // POP_MARK
      machine.popMarked();
      break;
    case 0x61: // APPEND
      append(machine, machine.popMany(1));
      break;
    case 0x65: // APPENDS
      append(machine, machine.popMarked());
      break;
    case 0x73: // SETITEM
      setItems(machine, machine.popMany(2));
      break;
    case 0x75: // SETITEMS
      setItems(machine, machine.popMarked());
      break;
    case 0x62: // BUILD
      build(machine);
      break;
    case 0x71: // BINPUT
      machine.remember(machine.view.uint8(machine.skip(1)));
      break;
    case 0x72: // LONG_BINPUT
      machine.remember(machine.view.uint32(machine.skip(4)));
      break;
    case 0x94: // MEMOIZE
      machine.memoize();
      break;
    default:
      throw new UnusableFile(`has the pickle instruction ${code}, which no state dict needs, or is damaged`);
  }
}

function sequence(items: PickleValue[]): PickleObject {
  return { kind: 'sequence', items };
}

/** Whole numbers beyond 32 bits: sizes, and counts of batches. */
function longInteger(machine: PickleMachine): number {
  const length = machine.view.uint8(machine.skip(1));
  if (length > 8) throw new UnusableFile('has a number in its pickle that makes no sense');
  const bytes = machine.view.slice(machine.skip(length), length);
  const value = bytes.reduceRight((sum, byte) => sum * 256 + byte, 0);
  return (bytes.at(-1) ?? 0) >= 0x80 ? value - 256 ** length : value;
}

function append(machine: PickleMachine, values: readonly PickleValue[]): void {
  const list = objectOfKind(machine.top(), 'sequence');
  if (!list) throw new UnusableFile('has a damaged pickle: it puts values into what is no list');
  for (const value of values) list.items.push(value);
}

function setItems(machine: PickleMachine, values: readonly PickleValue[]): void {
  const dict = objectOfKind(machine.top(), 'dict');
  if (!dict || values.length % 2 !== 0) {
    throw new UnusableFile('has a damaged pickle: it puts values into what is no dict');
  }
  for (let index = 0; index + 1 < values.length; index += 2) {
    dict.entries.set(values[index] ?? null, values[index + 1] ?? null);
  }
}

function stackGlobal(machine: PickleMachine): PickleValue {
  const [module, name] = machine.popMany(2);
  if (typeof module === 'string' && typeof name === 'string') return allowedGlobal(module, name);
  throw new UnusableFile('has a damaged pickle: a name is none');
}

function reduce(machine: PickleMachine): PickleValue {
  const [callee, args] = machine.popMany(2);
  return callGlobal(callee, objectOfKind(args, 'sequence')?.items ?? [null]);
}

/** A state dict has an attribute that tells the versions of its modules; attributes of anything else are refused. */
function build(machine: PickleMachine): void {
  machine.pop();
  if (!objectOfKind(machine.top(), 'dict')) throw new UnusableFile('has a pickle that builds objects of other kinds');
}

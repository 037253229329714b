import { rounded } from './scale.ts';

/** How an arm's mark looks: its shape, whether it is filled, and which of the colours it has. */
export interface ArmLook {
  readonly shape: number;
  readonly isHollow: boolean;
  /** 0 to 7. */
  readonly colour: number;
}

const SHAPES: readonly ((radius: number) => string)[] = [
  (r) => `m${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`,
  (r) => `m${-r} ${-r}h${2 * r}v${2 * r}h${-2 * r}z`,
  (r) => `m0 ${-1.2 * r}l${1.2 * r} ${2.2 * r}h${-2.4 * r}z`,
  (r) => `m0 ${-1.35 * r}l${1.35 * r} ${1.35 * r}l${-1.35 * r} ${1.35 * r}l${-1.35 * r} ${-1.35 * r}z`,
  (r) => `m0 ${1.2 * r}l${1.2 * r} ${-2.2 * r}h${-2.4 * r}z`,
  (r) =>
    `m${-r / 3} ${-r}h${(2 * r) / 3}v${(2 * r) / 3}h${(2 * r) / 3}v${(2 * r) / 3}h${(-2 * r) / 3}v${(2 * r) / 3}h${(-2 * r) / 3}v${(-2 * r) / 3}h${(-2 * r) / 3}v${(-2 * r) / 3}h${(2 * r) / 3}z`,
  (r) => `m${-r / 2} ${-r}h${r}l${r / 2} ${r}l${-r / 2} ${r}h${-r}l${-r / 2} ${-r}z`,
  (r) => `m${-r} ${-r}l${2 * r} ${2 * r}v${-2 * r}l${-2 * r} ${2 * r}z`,
];

/** The look of an arm by its number, from 1; sixteen arms look different. */
export function armLook(number: number): ArmLook {
  const index = Math.max(0, number - 1);
  const shape = index % SHAPES.length;
  return { shape, colour: shape, isHollow: Math.floor(index / SHAPES.length) % 2 === 1 };
}

/** An arm's mark as the path of an SVG. */
export function armMark(number: number, x: number, y: number, radius = 4.5): string {
  const shape = SHAPES[armLook(number).shape];
  const lengths = shape ? shape(radius).replace(/-?\d+\.\d+/g, (length) => String(rounded(Number(length)))) : '';
  return `M${rounded(x)} ${rounded(y)}${lengths}`;
}

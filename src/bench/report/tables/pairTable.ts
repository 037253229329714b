import { armsOf } from '../armsOf.ts';
import type { BenchReport, PairReport } from '../reportDocument.ts';
import { countText, NOTHING, pointsIntervalText, pointsText, probabilityText } from '../reportNumbers.ts';
import type { ReportTable } from './reportTable.ts';
import { nameColumn, numberColumns, textColumn } from './reportTable.ts';

const TESTS: Readonly<Record<PairReport['test'], string>> = { mcnemar: 'McNemar', 'sign-flip': 'sign flips' };

/** Every two arms on the items that both have answered. */
export function pairTable(report: BenchReport): ReportTable {
  const numbers = new Map(armsOf(report).map(({ number, report: { arm } }) => [arm, number]));
  const named = (arm: string): string => `${numbers.get(arm) ?? NOTHING} ${arm}`;
  return {
    caption: 'Every two arms on the same items',
    columns: [
      nameColumn('A'),
      textColumn('B'),
      ...numberColumns('Items', 'B − A, points', '95% interval', 'Only A right (right → wrong)'),
      ...numberColumns('Only B right (wrong → right)', 'Both right', 'Neither', 'p', 'p (Holm)'),
      textColumn('Test'),
      ...numberColumns('Items needed'),
    ],
    rows: report.pairs.map((pair) => [
      named(pair.a),
      named(pair.b),
      ...(pair.n === 0 ? ['0', ...Array<string>(8).fill(NOTHING)] : numberCells(pair)),
      TESTS[pair.test],
      pair.itemsNeeded === null ? NOTHING : `about ${countText(pair.itemsNeeded)}`,
    ]),
    notes: [
      'Positive differences are in favour of B. Read from A to B: what only A got right went from right to wrong, what only B got right from wrong to right.',
      'Items needed: about how many items would tell a difference such as the one seen from chance, with a power of 80%; none is given where it has been told already, where nothing differs, or where runs of several seeds were compared.',
    ],
  };
}

function numberCells(pair: PairReport): readonly string[] {
  return [
    countText(pair.n),
    pointsText(pair.difference),
    pointsIntervalText(pair),
    ...[pair.onlyA, pair.onlyB, pair.both, pair.neither].map(countText),
    probabilityText(pair.p),
    probabilityText(pair.pHolm),
  ];
}

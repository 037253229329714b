import type { BenchReport, ModelFacts } from '../reportDocument.ts';
import { NOTHING } from '../reportNumbers.ts';
import type { ReportTable } from './reportTable.ts';
import { nameColumn, textColumn } from './reportTable.ts';

/** Which models took part, exactly enough to find the same files. */
export function modelTable({ plan }: BenchReport): ReportTable {
  const { generator, mentor, verifier } = plan;
  const row = (role: string, model: ModelFacts): readonly string[] => [
    role,
    model.name,
    model.quantization ?? NOTHING,
    model.sha256 ?? NOTHING,
    model.server ?? 'this machine',
  ];
  return {
    caption: 'Models',
    columns: [
      nameColumn('Role'),
      ...['Model', 'Quantization', 'SHA-256 of the file', 'Ran on'].map((head) => textColumn(head)),
    ],
    rows: [
      row('generator', generator),
      ...(mentor ? [row('mentor', mentor)] : []),
      ...(verifier ? [row('verifier', verifier)] : []),
    ],
  };
}

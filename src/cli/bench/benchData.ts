import type { BenchItem } from '../../bench/data/benchItem.ts';
import type { DataOptions } from '../../bench/data/dataSet.ts';
import { parseDataSet } from '../../bench/data/dataSet.ts';
import { isDemoData, readDemoItems } from '../../bench/data/demoItems.ts';
import { limitPerDomain } from '../../bench/data/limitPerDomain.ts';
import type { CommandContext } from '../commandContext.ts';
import { readTextFile } from '../questionInput.ts';
import { asUsageOf } from './benchOptions.ts';

/**
 * The questions that `--data` names: a file, `demo` for all problems that come with the demo pair, or `demo:math` for
 * one of their domains.
 *
 * @throws UsageError for a domain that there is not; MentorCollabError `bad-input` for a file that can't be used.
 */
export async function readBenchItems(
  data: string,
  limit: number | undefined,
  context: Pick<CommandContext, 'modelsFolder' | 'workingFolder'>,
  options: DataOptions = {},
): Promise<readonly BenchItem[]> {
  const items = isDemoData(data)
    ? await asUsageOf(readDemoItems(data, context.modelsFolder))
    : parseDataSet([{ name: data, text: await readTextFile(data, context) }], options);
  return limit === undefined ? items : limitPerDomain(items, limit);
}

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchItem } from '../../bench/data/benchItem.ts';
import type { DataOptions } from '../../bench/data/dataSet.ts';
import { parseDataSet } from '../../bench/data/dataSet.ts';
import { limitPerDomain } from '../../bench/data/limitPerDomain.ts';
import { MentorCollabError } from '../../core/errors.ts';
import type { CommandContext } from '../commandContext.ts';
import { readTextFile } from '../questionInput.ts';
import { UsageError } from '../usageError.ts';

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
  const demo = /^demo(?::(.*))?$/.exec(data);
  const all = demo
    ? await readDemo(context)
    : parseDataSet([{ name: data, text: await readTextFile(data, context) }], options);
  const items = demo?.[1] === undefined ? all : ofDomain(all, demo[1]);
  return limit === undefined ? items : limitPerDomain(items, limit);
}

async function readDemo(
  context: Pick<CommandContext, 'modelsFolder' | 'workingFolder'>,
): Promise<readonly BenchItem[]> {
  const folder = join(context.modelsFolder, 'problems');
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new MentorCollabError('bad-input', `The problems of the demo pair are missing at ${folder}.`, { cause });
  });
  const files = names.filter((name) => name.endsWith('.jsonl')).sort();
  const read = async (name: string): Promise<{ name: string; text: string }> => ({
    name,
    text: await readTextFile(join(folder, name), context),
  });
  return parseDataSet(await Promise.all(files.map(read)));
}

function ofDomain(items: readonly BenchItem[], domain: string): readonly BenchItem[] {
  const found = items.filter((item) => item.domain === domain);
  if (found.length > 0) return found;
  const domains = [...new Set(items.map((item) => item.domain))];
  throw new UsageError(`The demo problems have no domain "${domain}"; there are ${domains.join(', ')}.`);
}

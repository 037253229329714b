import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MentorCollabError } from '../../core/errors.ts';
import type { BenchItem } from './benchItem.ts';
import { parseDataSet } from './dataSet.ts';

/** Data of this name are the problems that come with the demo pair; `demo:math` is one of their domains. */
const DEMO_DATA = /^demo(?::(.*))?$/;

/** Whether data of this name are problems that come with the demo pair. */
export function isDemoData(data: string): boolean {
  return DEMO_DATA.test(data);
}

/** Domains whose answers stood in the training of the demo pair: a closed world, as its model card says. */
export function recallDomainsOf(data: string): readonly string[] {
  return isDemoData(data) ? ['knowledge'] : [];
}

/**
 * The problems that come with the demo pair.
 *
 * @param data - `demo` for all, `demo:math` for one domain.
 * @param modelsFolder - where the demo pair lies.
 * @throws MentorCollabError `bad-input` for a domain that there is not, or when the problems are missing.
 */
export async function readDemoItems(data: string, modelsFolder: string): Promise<readonly BenchItem[]> {
  const all = await readAll(join(modelsFolder, 'problems'));
  const domain = DEMO_DATA.exec(data)?.[1];
  const items = domain === undefined ? all : all.filter((item) => item.domain === domain);
  if (items.length > 0) return items;
  const domains = [...new Set(all.map((item) => item.domain))];
  throw new MentorCollabError(
    'bad-input',
    `The demo problems have no domain "${domain ?? ''}"; there are ${domains.join(', ')}.`,
  );
}

async function readAll(folder: string): Promise<readonly BenchItem[]> {
  try {
    const files = (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).sort();
    const read = async (name: string) => ({ name, text: await readFile(join(folder, name), 'utf8') });
    return parseDataSet(await Promise.all(files.map(read)));
  } catch (cause) {
    throw new MentorCollabError('bad-input', `The problems of the demo pair are missing at ${folder}.`, { cause });
  }
}

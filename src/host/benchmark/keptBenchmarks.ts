import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchReport } from '../../bench/report/reportDocument.ts';
import { MentorCollabError } from '../../core/errors.ts';
import { isLocked } from '../../models/fileLock.ts';
import { readIfThere } from '../../models/readIfThere.ts';
import { describeThrown } from '../describeThrown.ts';
import type { HostLog } from '../hostLog.ts';
import { isMissing } from '../isMissing.ts';
import { dataName } from './benchmarkChoice.ts';
import { benchmarkFolderName } from './benchmarkFolderName.ts';
import type { BenchmarkFacts, BenchmarkSummary } from './benchmarkSummary.ts';
import { benchmarkFactsSchema, countRuns } from './benchmarkSummary.ts';

const FACTS = 'benchmark.json';

/** The folders of benchmarks that are kept, each in the format of the command line. */
export class KeptBenchmarks {
  readonly #folder: string;
  readonly #log: HostLog;

  /** @param folder - absolute path; made when first needed. */
  constructor(folder: string, log: HostLog) {
    this.#folder = folder;
    this.#log = log;
  }

  /** Absolute path of a benchmark's folder. */
  pathOf(name: string): string {
    return join(this.#folder, name);
  }

  /** All of them, newest first; what is no benchmark of ours is left out. */
  async list(isOurs: (name: string) => boolean): Promise<readonly BenchmarkSummary[]> {
    const names = await readdir(this.#folder).catch((thrown: unknown) => {
      if (isMissing(thrown)) return [];
      throw thrown;
    });
    const summaries = await Promise.all(names.map((name) => this.#summary(name, isOurs(name))));
    return summaries.flatMap((summary) => summary ?? []).sort((a, b) => b.startedMs - a.startedMs);
  }

  /**
   * One benchmark.
   *
   * @param isOurs - whether it is this window that has it under way.
   * @throws MentorCollabError `bad-input` when it is not kept any more.
   */
  async find(name: string, isOurs: boolean): Promise<BenchmarkSummary> {
    const summary = isFolderName(name) ? await this.#summary(name, isOurs) : null;
    if (summary) return summary;
    throw new MentorCollabError('bad-input', 'This benchmark is no longer kept: its folder is gone.');
  }

  /** Makes a folder for a new benchmark, and gives its name. */
  async create(facts: BenchmarkFacts): Promise<string> {
    const data = dataName(facts.choice.data);
    const name = benchmarkFolderName(facts.startedMs, data, (each) => existsSync(this.pathOf(each)));
    await mkdir(this.pathOf(name), { recursive: true });
    await writeFile(join(this.pathOf(name), FACTS), `${JSON.stringify(facts, null, 2)}\n`);
    return name;
  }

  /** Removes a benchmark with everything in it. */
  async delete(name: string): Promise<void> {
    if (isFolderName(name)) await rm(this.pathOf(name), { recursive: true, force: true });
  }

  /**
   * The report that was written last; null when there is none yet.
   *
   * @throws MentorCollabError `bad-input` for a file that is none.
   */
  async readReport(name: string): Promise<BenchReport | null> {
    const path = join(this.pathOf(name), 'report.json');
    try {
      const report: unknown = JSON.parse(await readFile(path, 'utf8'));
      // What has this name was written by this program, or by its command line, whole or not at all.
      if (isReport(report)) return report;
    } catch (thrown) {
      if (isMissing(thrown)) return null;
      throw new MentorCollabError('bad-input', `${path} can't be read as a report.`, { cause: thrown });
    }
    throw new MentorCollabError('bad-input', `${path} is no report of a benchmark.`);
  }

  async #summary(name: string, isOurs: boolean): Promise<BenchmarkSummary | null> {
    const path = this.pathOf(name);
    try {
      const facts = benchmarkFactsSchema.parse(JSON.parse(await readFile(join(path, FACTS), 'utf8')));
      const count = countRuns((await readIfThere(join(path, 'results.jsonl'))) ?? '');
      const isElsewhere = !isOurs && (await isLocked(join(path, 'bench.lock')));
      return { ...facts, ...count, name, path, isElsewhere };
    } catch (thrown) {
      if (!isMissing(thrown)) this.#log.warn(`${path} is no benchmark: ${describeThrown(thrown)}`);
      return null;
    }
  }
}

function isReport(value: unknown): value is BenchReport {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === 'mentorcollab-bench';
}

/** What a page has saved, or a command was given, must not lead out of the folder. */
function isFolderName(name: string): boolean {
  return /^[^/\\]+$/.test(name) && !/^\.+$/.test(name);
}

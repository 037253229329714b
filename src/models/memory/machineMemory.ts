import { readFile } from 'node:fs/promises';
import { freemem, totalmem } from 'node:os';
import { posix } from 'node:path';
import type { MachineMemory } from '../../core/modelMemory.ts';
import { isMissing } from '../isMissing.ts';

/** What the operating system says of memory. */
export interface MemorySources {
  readonly totalBytes: number;
  readonly freeBytes: number;
  /** The text of a file of `/proc` or `/sys`; null where there is none, or it may not be read. */
  readonly readText: (path: string) => Promise<string | null>;
}

const SYSTEM: MemorySources = {
  get totalBytes() {
    return totalmem();
  },
  get freeBytes() {
    return freemem();
  },
  readText: async (path) => {
    try {
      return await readFile(path, 'utf8');
    } catch (thrown) {
      const isDenied = thrown instanceof Error && 'code' in thrown && thrown.code === 'EACCES';
      if (isDenied || isMissing(thrown)) return null;
      throw thrown;
    }
  },
};

/**
 * The memory of this machine, or what the container that this process is in may use. What the system keeps of files only
 * because nobody needs the room counts as available, weights that are mapped from their file among it.
 */
export async function readMachineMemory(sources: MemorySources = SYSTEM): Promise<MachineMemory> {
  const info = await sources.readText('/proc/meminfo');
  const machine = {
    totalBytes: kibibytesOf(info, 'MemTotal') ?? sources.totalBytes,
    availableBytes: kibibytesOf(info, 'MemAvailable') ?? sources.freeBytes,
  };
  const groups = await readControlGroups(sources);
  const totals = groups.map(({ totalBytes }) => totalBytes);
  const available = groups.map(({ availableBytes }) => availableBytes);
  return {
    totalBytes: Math.min(machine.totalBytes, ...totals),
    availableBytes: Math.max(0, Math.min(machine.availableBytes, ...available)),
  };
}

/** The files of one kind of control groups (Linux, cgroups(7)), beneath the folder of each group. */
interface GroupFiles {
  readonly root: string;
  readonly limits: readonly string[];
  readonly usage: string;
  /** Key in `memory.stat` of files kept only because nobody needs the room. */
  readonly spareKey: string;
}

const VERSION_1: GroupFiles = {
  root: '/sys/fs/cgroup/memory',
  limits: ['memory.limit_in_bytes'],
  usage: 'memory.usage_in_bytes',
  spareKey: 'total_inactive_file',
};
const VERSION_2: GroupFiles = {
  root: '/sys/fs/cgroup',
  limits: ['memory.max', 'memory.high'],
  usage: 'memory.current',
  spareKey: 'inactive_file',
};

/** What each control group that this process is in, and each one around those, allows. */
async function readControlGroups(sources: MemorySources): Promise<readonly MachineMemory[]> {
  const lines = ((await sources.readText('/proc/self/cgroup')) ?? '').split('\n');
  const groups: MachineMemory[] = [];
  for (const line of lines) {
    const [, id, controllers, path] = /^(\d+):([^:]*):(\/.*)$/.exec(line) ?? [];
    if (path === undefined) continue;
    const isVersion1 = controllers?.split(',').includes('memory') === true;
    if (!isVersion1 && id !== '0') continue;
    const files = isVersion1 ? VERSION_1 : VERSION_2;
    for (const folder of foldersUpTo(files.root, path)) {
      const group = await readGroup(sources, files, folder);
      if (group) groups.push(group);
    }
  }
  return groups;
}

/** Null for a group without a limit. */
async function readGroup(sources: MemorySources, files: GroupFiles, folder: string): Promise<MachineMemory | null> {
  const limits = await Promise.all(files.limits.map((name) => sources.readText(`${folder}/${name}`)));
  // `max` and a missing file set no limit; version 1 writes a number larger than any memory.
  const totalBytes = Math.min(...limits.map((text) => (/^\d+/.test(text ?? '') ? Number(text) : Infinity)));
  if (totalBytes === Infinity) return null;
  const used = Number((await sources.readText(`${folder}/${files.usage}`)) ?? 0);
  const statistics = await sources.readText(`${folder}/memory.stat`);
  const spare = Number(new RegExp(`^${files.spareKey} (\\d+)$`, 'm').exec(statistics ?? '')?.[1] ?? 0);
  return { totalBytes, availableBytes: totalBytes - Math.max(0, used - spare) };
}

/** A group's folder and those of all groups around it; in a container its path may not exist, but the root does. */
function foldersUpTo(root: string, path: string): readonly string[] {
  const folders = [root];
  // A path above the visible root, as `/../x`, has no folder here.
  const names = posix.normalize(path).split('/').filter(Boolean);
  for (const name of names) folders.push(`${folders.at(-1) ?? root}/${name}`);
  return folders;
}

function kibibytesOf(info: string | null, key: string): number | null {
  const value = new RegExp(`^${key}:\\s+(\\d+) kB$`, 'm').exec(info ?? '')?.[1];
  return value === undefined ? null : Number(value) * 1024;
}

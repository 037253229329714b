import assert from 'node:assert/strict';
import type { MemorySources } from '../../../src/models/memory/machineMemory.ts';
import { readMachineMemory } from '../../../src/models/memory/machineMemory.ts';

const MEMINFO = 'MemTotal:        8000 kB\nMemFree:          100 kB\nMemAvailable:    5000 kB\n';
const KIB = 1024;

/** A machine with 9,000 KiB, 2,000 of them free, and these files. */
function machine(files: Readonly<Record<string, string>>): MemorySources {
  return {
    totalBytes: 9_000 * KIB,
    freeBytes: 2_000 * KIB,
    readText: (path) => Promise.resolve(files[path] ?? null),
  };
}

describe('readMachineMemory', () => {
  it('takes what Linux calls available, not what is free', async () => {
    const memory = await readMachineMemory(machine({ '/proc/meminfo': MEMINFO }));
    assert.deepEqual(memory, { totalBytes: 8_000 * KIB, availableBytes: 5_000 * KIB });
  });

  it('takes what the system says where there is no /proc', async () => {
    const memory = await readMachineMemory(machine({}));
    assert.deepEqual(memory, { totalBytes: 9_000 * KIB, availableBytes: 2_000 * KIB });
  });

  it('keeps to the limit of a control group (version 2), whose spare file pages count as available', async () => {
    const memory = await readMachineMemory(
      machine({
        '/proc/meminfo': MEMINFO,
        '/proc/self/cgroup': '0::/user/app\n',
        '/sys/fs/cgroup/user/app/memory.max': '4096000\n',
        '/sys/fs/cgroup/user/app/memory.current': '3000000\n',
        '/sys/fs/cgroup/user/app/memory.stat': 'anon 1\ninactive_file 1000000\nslab 5\n',
      }),
    );
    assert.deepEqual(memory, { totalBytes: 4_096_000, availableBytes: 2_096_000 });
  });

  it('keeps to the tightest of the groups around it, a soft limit included, and to the root alone in a container', async () => {
    const files = {
      '/proc/meminfo': MEMINFO,
      '/proc/self/cgroup': '0::/hidden/name\n',
      '/sys/fs/cgroup/memory.max': '3000000\n',
      '/sys/fs/cgroup/memory.high': '2500000\n',
      '/sys/fs/cgroup/memory.current': '2600000\n',
    };
    assert.deepEqual(await readMachineMemory(machine(files)), { totalBytes: 2_500_000, availableBytes: 0 });
    const inner = {
      ...files,
      '/sys/fs/cgroup/hidden/memory.max': '1000000',
      '/sys/fs/cgroup/hidden/memory.current': '1',
    };
    assert.deepEqual(await readMachineMemory(machine(inner)), { totalBytes: 1_000_000, availableBytes: 0 });
  });

  it('keeps to the limit of a control group of version 1', async () => {
    const memory = await readMachineMemory(
      machine({
        '/proc/meminfo': MEMINFO,
        '/proc/self/cgroup': '4:cpu,cpuacct:/a\n9:memory:/docker/1\n0::/other\n',
        '/sys/fs/cgroup/memory/memory.limit_in_bytes': '5000000\n',
        '/sys/fs/cgroup/memory/memory.usage_in_bytes': '4000000\n',
        '/sys/fs/cgroup/memory/memory.stat': 'inactive_file 7\ntotal_inactive_file 500000\n',
      }),
    );
    assert.deepEqual(memory, { totalBytes: 5_000_000, availableBytes: 1_500_000 });
  });

  it('is not limited by groups that set no limit', async () => {
    const memory = await readMachineMemory(
      machine({
        '/proc/meminfo': MEMINFO,
        '/proc/self/cgroup': '9:memory:/\n0::/\n',
        '/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n',
        '/sys/fs/cgroup/memory.max': 'max\n',
      }),
    );
    assert.deepEqual(memory, { totalBytes: 8_000 * KIB, availableBytes: 5_000 * KIB });
  });

  it('reads this machine', async () => {
    const memory = await readMachineMemory();
    assert.ok(memory.totalBytes > 0);
    assert.ok(memory.availableBytes > 0 && memory.availableBytes <= memory.totalBytes);
  });
});

const UNITS = ['KiB', 'MiB', 'GiB', 'TiB'] as const;

/** A size or an amount of memory in the unit that people would say, with one decimal: `1.8 GiB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_024) return `${bytes} bytes`;
  // What would be rounded up to a full unit is told in that unit.
  let scaled = bytes / 1_024;
  let unit = 0;
  while (scaled >= 1_023.95 && unit < UNITS.length - 1) {
    scaled /= 1_024;
    unit++;
  }
  return `${scaled.toFixed(1)} ${UNITS[unit] ?? ''}`;
}

/** The known name that a mistyped one was most likely meant to be; null when none is near. */
export function nearestName(typed: string, known: readonly string[]): string | null {
  const byDistance = known
    .map((name) => ({ name, distance: editDistance(typed.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const [nearest] = byDistance;
  const isNear = nearest !== undefined && nearest.distance <= Math.ceil(typed.length / 3);
  const begun = typed.length >= 3 ? known.find((name) => name.startsWith(typed)) : undefined;
  return isNear ? nearest.name : (begun ?? null);
}

/** Levenshtein's distance: letters to add, to drop or to change. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(changed, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

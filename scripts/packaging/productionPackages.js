/**
 * The folders of every package that `name` needs at run time, read from the lock file: its own and its dependencies'
 * `dependencies`, not the optional ones (those are chosen by platform).
 *
 * @param {Record<string, {dependencies?: Record<string, string>}>} packages - `packages` of package-lock.json
 * @param {string} name - a package installed at the top
 * @returns {string[]} folders such as `node_modules/a/node_modules/b`, sorted
 */
export function productionPackages(packages, name) {
  const found = new Set();
  const walk = (folder) => {
    if (found.has(folder)) return;
    found.add(folder);
    for (const dependency of Object.keys(packages[folder]?.dependencies ?? {})) {
      walk(resolveFrom(packages, folder, dependency));
    }
  };
  walk(`node_modules/${name}`);
  return [...found].sort();
}

/** Where Node would find `name` for code in `folder`: the nearest node_modules upwards. */
function resolveFrom(packages, folder, name) {
  for (let at = folder; ;) {
    const candidate = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (packages[candidate]) return candidate;
    if (at === '') throw new Error(`package-lock.json does not hold ${name}, which ${folder} needs; run npm install.`);
    const parent = at.lastIndexOf('/node_modules/');
    at = parent < 0 ? '' : at.slice(0, parent);
  }
}

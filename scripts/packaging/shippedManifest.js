// @ts-check
/** What only concerns development, or would mislead VS Code: it takes every `.js` of a package of type "module" for one. */
const NOT_SHIPPED = ['scripts', 'devDependencies', 'dependencies', 'bin', 'private', 'type'];

/**
 * The manifest as it is packaged.
 *
 * @param {Readonly<Record<string, unknown>>} manifest - package.json
 * @param {{isForBrowsers?: boolean}} [options] - whether the package has nothing that needs Node
 * @returns {Record<string, unknown>}
 */
export function shippedManifest(manifest, { isForBrowsers = false } = {}) {
  const notShipped = isForBrowsers ? [...NOT_SHIPPED, 'main'] : NOT_SHIPPED;
  return Object.fromEntries(Object.entries(manifest).filter(([key]) => !notShipped.includes(key)));
}

/** One rule a room: which rooms it may import (CONTRIBUTING.md, "Rooms"). */
const ROOMS = {
  core: [],
  protocol: ['core'],
  models: ['core'],
  verifier: ['core'],
  bench: ['core', 'protocol', 'models', 'verifier', 'export'],
  export: ['core', 'protocol'],
  diagnosis: ['core', 'protocol', 'models'],
  engine: ['core', 'protocol', 'models', 'verifier'],
  host: ['core', 'protocol', 'models', 'verifier', 'bench', 'export', 'diagnosis'],
  webview: ['core', 'protocol'],
  cli: ['core', 'protocol', 'models', 'verifier', 'bench', 'export', 'engine', 'diagnosis'],
};

/** Packages that belong to one room alone. */
const OWNED = {
  'node-llama-cpp': 'engine',
  '@cortex-js/compute-engine': 'bench',
  '@huggingface/jinja': 'engine',
  preact: 'webview',
  'markdown-it': 'webview',
  dompurify: 'webview',
  katex: 'webview',
  diff: 'webview',
};

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'src-never-imports-test', severity: 'error', from: { path: '^src/' }, to: { path: '^test/' } },
    ...Object.entries(ROOMS).map(([room, allowed]) => ({
      name: `room-${room}`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: '^src/', pathNot: [room, ...allowed].map((name) => `^src/${name}/`) },
    })),
    {
      name: 'core-has-no-packages',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'core', 'npm-no-pkg', 'unknown'] },
    },
    {
      // The one error base is a value: whoever reads an error off a wire has to throw it.
      name: 'protocol-takes-only-types-and-errors-of-core',
      severity: 'error',
      from: { path: '^src/protocol/' },
      to: { path: '^src/core/', pathNot: '^src/core/errors\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'protocol-has-no-node',
      severity: 'error',
      from: { path: '^src/protocol/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'vscode-only-in-host',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(host/|(extension|webExtension)\\.ts$)' },
      to: { path: '^vscode$' },
    },
    {
      name: 'no-node-in-webview',
      severity: 'error',
      from: { path: '^src/webview/' },
      to: { dependencyTypes: ['core'] },
    },
    ...Object.entries(OWNED).map(([name, room]) => ({
      name: `${name.replace(/\W/g, '-')}-only-in-${room}`,
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/${room}/` },
      to: { path: `node_modules/${name}(/|$)` },
    })),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^esbuild\\.js$|^(dist|\\.types|\\.test-build|test-results)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};

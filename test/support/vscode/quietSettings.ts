/** User settings for tests: nothing that pops up, phones home or signs in; animations off. */
export const QUIET_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  // A chat view that offers to sign in would take a third of every screenshot.
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  // No second extension host inside the browser: nothing here runs in it.
  'extensions.webWorker': false,
  'git.enabled': false,
  // Where tests change settings of the workspace; no business of a screenshot.
  'files.exclude': { '**/.vscode': true },
  'window.restoreWindows': 'none',
  'typescript.disableAutomaticTypeAcquisition': true,
  'security.workspace.trust.enabled': false,
} as const;

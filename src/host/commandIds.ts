/** Every command of the extension, as package.json declares them. */
export const COMMAND_IDS = {
  solveSelection: 'mentorcollab.solveSelection',
  ask: 'mentorcollab.ask',
  showPanel: 'mentorcollab.showPanel',
  stop: 'mentorcollab.stop',
  retry: 'mentorcollab.retry',
  compareArms: 'mentorcollab.compareArms',
  compareRuns: 'mentorcollab.compareRuns',
  compareWithParent: 'mentorcollab.compareWithParent',
  copySolution: 'mentorcollab.copySolution',
  insertSolution: 'mentorcollab.insertSolution',
  replaceSelection: 'mentorcollab.replaceSelection',
  chooseModels: 'mentorcollab.chooseModels',
  openSettings: 'mentorcollab.openSettings',
  unloadModels: 'mentorcollab.unloadModels',
  showLog: 'mentorcollab.showLog',
} as const;

/** Context keys that menus and key bindings look at, as package.json uses them. */
export const CONTEXT_KEYS = {
  /** True while a run is under way. */
  isRunning: 'mentorcollab.isRunning',
  /** True once there is a run whose text can be copied. */
  hasRun: 'mentorcollab.hasRun',
  /** True in a browser alone, where there is no engine and no run is kept. */
  isViewerOnly: 'mentorcollab.isViewerOnly',
  /** True while the run on show is a branch of another. */
  hasParent: 'mentorcollab.hasParent',
} as const;

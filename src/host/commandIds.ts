/** Every command that needs an engine or the runs kept here, as package.json declares them. */
export const COMMAND_IDS = {
  solveSelection: 'mentorcollab.solveSelection',
  ask: 'mentorcollab.ask',
  showPanel: 'mentorcollab.showPanel',
  stop: 'mentorcollab.stop',
  retry: 'mentorcollab.retry',
  compareArms: 'mentorcollab.compareArms',
  compareRuns: 'mentorcollab.compareRuns',
  compareWithParent: 'mentorcollab.compareWithParent',
  openRun: 'mentorcollab.openRun',
  renameRun: 'mentorcollab.renameRun',
  branchRun: 'mentorcollab.branchRun',
  exportRun: 'mentorcollab.exportRun',
  copyRunAnswer: 'mentorcollab.copyRunAnswer',
  revealRun: 'mentorcollab.revealRun',
  openRunText: 'mentorcollab.openRunText',
  deleteRun: 'mentorcollab.deleteRun',
  undoDelete: 'mentorcollab.undoDelete',
  deleteAllRuns: 'mentorcollab.deleteAllRuns',
  searchRuns: 'mentorcollab.searchRuns',
  clearRunSearch: 'mentorcollab.clearRunSearch',
  weighInterventions: 'mentorcollab.weighInterventions',
  runBenchmark: 'mentorcollab.runBenchmark',
  openBenchmark: 'mentorcollab.openBenchmark',
  trainVerifier: 'mentorcollab.trainVerifier',
  copySolution: 'mentorcollab.copySolution',
  copyAnnotated: 'mentorcollab.copyAnnotated',
  insertSolution: 'mentorcollab.insertSolution',
  replaceSelection: 'mentorcollab.replaceSelection',
  chooseModels: 'mentorcollab.chooseModels',
  openSettings: 'mentorcollab.openSettings',
  unloadModels: 'mentorcollab.unloadModels',
  showLog: 'mentorcollab.showLog',
  getStarted: 'mentorcollab.getStarted',
  checkMachine: 'mentorcollab.checkMachine',
  askSample: 'mentorcollab.askSample',
  openExample: 'mentorcollab.openExample',
  diagnose: 'mentorcollab.diagnose',
} as const;

/** Commands of the view of decisions, which are there in a browser alone as well. */
export const DECISION_COMMAND_IDS = {
  showDecision: 'mentorcollab.showDecision',
  nextMentorSegment: 'mentorcollab.nextMentorSegment',
  previousMentorSegment: 'mentorcollab.previousMentorSegment',
  nextDecision: 'mentorcollab.nextDecision',
  previousDecision: 'mentorcollab.previousDecision',
  filterDecisions: 'mentorcollab.filterDecisions',
  toggleDivergences: 'mentorcollab.toggleDivergences',
  clearDecisionFilter: 'mentorcollab.clearDecisionFilter',
} as const;

/** Commands on models, downloads and model servers. */
export const MODEL_COMMAND_IDS = {
  choosePair: 'mentorcollab.choosePair',
  downloadModel: 'mentorcollab.downloadModel',
  importModel: 'mentorcollab.importModel',
  addServer: 'mentorcollab.addServer',
  testConnection: 'mentorcollab.testConnection',
  setServerKey: 'mentorcollab.setServerKey',
  removeServer: 'mentorcollab.removeServer',
  setHubToken: 'mentorcollab.setHubToken',
  verifyModel: 'mentorcollab.verifyModel',
  revealModel: 'mentorcollab.revealModel',
  removeModel: 'mentorcollab.removeModel',
  openModelPage: 'mentorcollab.openModelPage',
  useAsGenerator: 'mentorcollab.useAsGenerator',
  useAsMentor: 'mentorcollab.useAsMentor',
  useAsVerifier: 'mentorcollab.useAsVerifier',
  usePair: 'mentorcollab.usePair',
  pauseDownload: 'mentorcollab.pauseDownload',
  resumeDownload: 'mentorcollab.resumeDownload',
  retryDownload: 'mentorcollab.retryDownload',
  cancelDownload: 'mentorcollab.cancelDownload',
  refreshModels: 'mentorcollab.refreshModels',
  showModels: 'mentorcollab.showModels',
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
  /** True while the Runs view shows only what was searched for. */
  isFilteringRuns: 'mentorcollab.isFilteringRuns',
  /** True while deleted runs can be brought back. */
  canUndoDelete: 'mentorcollab.canUndoDelete',
  /** True while a run is shown, in the panel or in an editor of a trace file. */
  showsRun: 'mentorcollab.showsRun',
  /** True while the view of decisions hides some outcomes. */
  isDecisionFilterOn: 'mentorcollab.isDecisionFilterOn',
  /** True while it can be asked of the run on show which interventions mattered. */
  canWeigh: 'mentorcollab.canWeigh',
} as const;

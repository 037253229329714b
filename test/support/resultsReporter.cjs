// Mocha's spec output, and each result as a line of JSON in the file that MENTORCOLLAB_TEST_RESULTS names, so that
// layers run in different processes add up.
const { appendFileSync } = require('node:fs');
const console = require('node:console');
const { env } = require('node:process');
const { reporters } = require('mocha');

module.exports = class ResultsReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const file = env.MENTORCOLLAB_TEST_RESULTS;
    if (!file) return;
    const write = (result) => appendFileSync(file, `${JSON.stringify(result)}\n`);
    const describe = (test) => ({ title: test.fullTitle(), durationMs: test.duration ?? 0 });
    runner.on('pass', (test) => write({ state: 'passed', ...describe(test) }));
    runner.on('pending', (test) => write({ state: 'pending', ...describe(test) }));
    runner.on('fail', (test, error) =>
      write({ state: 'failed', ...describe(test), error: String(error?.stack ?? error) }),
    );
    runner.on('retry', (test, error) => {
      console.log(`    tried again: ${test.fullTitle()}\n${String(error?.stack ?? error)}`);
    });
    runner.on('end', () => write({ end: true }));
  }
};

// Mocha's spec output, and each result as a line of JSON in the file that MENTORCOLLAB_TEST_RESULTS names, so that
// layers run in different processes add up.
const { appendFileSync } = require('node:fs');
const { reporters } = require('mocha');

module.exports = class ResultsReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const file = process.env.MENTORCOLLAB_TEST_RESULTS;
    if (!file) return;
    const write = (result) => appendFileSync(file, `${JSON.stringify(result)}\n`);
    runner.on('pass', (test) => write({ state: 'passed', title: test.fullTitle() }));
    runner.on('pending', (test) => write({ state: 'pending', title: test.fullTitle() }));
    runner.on('fail', (test, error) =>
      write({ state: 'failed', title: test.fullTitle(), error: String(error?.stack ?? error) }),
    );
    runner.on('end', () => write({ end: true }));
  }
};

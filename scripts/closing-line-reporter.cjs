/**
 * Prints jest's result once more as one plain line ("12 passed, 0 failed, 0 skipped"), which a
 * program that reads a CI log understands without knowing jest.
 */
class ClosingLineReporter {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    process.stderr.write(
      `${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`,
    );
  }
}

module.exports = ClosingLineReporter;

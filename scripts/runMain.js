// @ts-check

/**
 * Runs a script's work and makes its result the exit code. An error ends it with what went wrong, in words, not with a
 * stack.
 *
 * @param {() => Promise<number>} main - gives the exit code
 */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

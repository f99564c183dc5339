/** A reason not to start that the developer can fix. Its message contains the remedy, and is the only output. */
export class StartProblem extends Error {
  override readonly name = "StartProblem";
}

/**
 * Returns the result of the work.
 *
 * @param tell describes an error in one line, given its message.
 * @throws StartProblem in place of any other error.
 */
export async function orProblem<T>(work: Promise<T>, tell: (why: string) => string): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof StartProblem) throw error;
    throw new StartProblem(tell(error instanceof Error ? error.message : String(error)), { cause: error });
  }
}

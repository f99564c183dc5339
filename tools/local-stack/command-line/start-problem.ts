/** A reason not to start that whoever typed the command can mend. Its message says how, and is all that is shown. */
export class StartProblem extends Error {
  override readonly name = "StartProblem";
}

/**
 * What work gives.
 *
 * @param tell says in one line what an error means, given its message.
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

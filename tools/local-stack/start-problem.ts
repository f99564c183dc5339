/** A reason not to start that whoever typed the command can mend. Its message says how, and is all that is shown. */
export class StartProblem extends Error {
  override readonly name = "StartProblem";
}

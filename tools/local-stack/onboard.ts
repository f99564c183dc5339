import { setTimeout as pause } from "node:timers/promises";
import { claimStateFolder } from "./servers/claim-state-folder.ts";
import { startLocalBackend } from "./servers/local-backend.ts";
import { onboardMerchant } from "./onboarding/onboard-merchant.ts";
import { ONBOARD_HELP, readOnboardOptions } from "./command-line/onboard-options.ts";
import { requireFreePorts } from "./servers/require-free-ports.ts";
import { runProgram, untilToldToStop } from "./command-line/run-program.ts";
import { orProblem, StartProblem } from "./command-line/start-problem.ts";
import { temporaryFolder } from "./servers/temporary-folder.ts";

/** Limit for the automatic run, which takes a few seconds; in milliseconds. */
const PATIENCE = 60_000;

/**
 * `pnpm onboard:sandbox`: takes a new merchant from the connect link to a paid checkout, until Ctrl-C or, with `--yes`,
 * until the last step.
 */

await runProgram(async () => {
  const typed = process.argv.slice(2);
  const options = readOnboardOptions(typed);
  if (options === "help") {
    console.log(ONBOARD_HELP);
    return;
  }
  const { name, isAlone, behaviour, workerPort, sandboxPort } = options;
  const stateFolder = options.stateFolder ?? temporaryFolder("onboard");
  claimStateFolder(stateFolder);
  await requireFreePorts(
    { "--worker-port": workerPort, "--sandbox-port": sandboxPort },
    { command: "npx pnpm@10.34.8 onboard:sandbox", typed },
  );
  const told = untilToldToStop();
  const backend = await startLocalBackend({ stateFolder, behaviour, workerPort, sandboxPort });
  const onboarded = orProblem(
    onboardMerchant({ name, isAlone }, backend),
    (why) => `The merchant ${name} can't be onboarded: ${why}.`,
  );
  try {
    const reason = await Promise.race([
      told,
      backend.ended.then(() => "ended" as const),
      // The merchant's keys are of use only while the Worker runs.
      onboarded.then(() => (isAlone ? ("done" as const) : told)),
      ...(isAlone ? [pause(PATIENCE, "late" as const, { ref: false })] : []),
    ]);
    if (reason === "ended")
      throw new StartProblem("The Worker stopped unexpectedly, so everything else was stopped, too.");
    if (reason === "late") throw new StartProblem(`The merchant ${name} was not onboarded within a minute.`);
  } finally {
    await backend.close();
  }
});

import { claimStateFolder } from "./claim-state-folder.ts";
import { type LocalStackOptions, startLocalStack } from "./local-stack.ts";
import { requireFreePorts } from "./require-free-ports.ts";
import { readStartOptions, START_HELP } from "./start-options.ts";
import { StartProblem } from "./start-problem.ts";

/**
 * `pnpm start`: the whole product, until Ctrl-C. Where it can't start, it ends with code 1 and says why.
 *
 * That script gives its shell up to Node (`exec`, and the program itself rather than pnpm's shim for it): a shell in
 * between would die of Ctrl-C at once, and pnpm would report a failed command while everything closes in good order.
 */

try {
  const options = readStartOptions(process.argv.slice(2));
  if (options === "help") console.log(START_HELP);
  else await start(options);
} catch (error) {
  console.error(error instanceof StartProblem ? error.message : error);
  process.exit(1);
}

async function start(options: LocalStackOptions): Promise<void> {
  claimStateFolder(options.stateFolder);
  await requireFreePorts({
    "--shop-port": options.shopPort,
    "--worker-port": options.workerPort,
    "--sandbox-port": options.sandboxPort,
  });
  const stack = await startLocalStack(options);
  const told = untilToldToStop();
  console.log(`
  The shop     ${stack.shopUrl}
  The Worker   ${stack.workerUrl}
  The sandbox  ${stack.sandboxUrl}

  Click a button, pay with card 4543 4740 0224 9996, any future date, any CVC, and choose "Paid".
  Ctrl-C stops everything.
`);
  const reason = await Promise.race([told, stack.ended.then(() => "ended" as const)]);
  await stack.close();
  if (reason === "ended") throw new StartProblem("The Worker ended by itself, and so did everything else.");
  process.exit(0);
}

function untilToldToStop(): Promise<"told"> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
      // Vite has a listener of its own, which would end this process before everything is closed.
      process.removeAllListeners(signal);
      // Not only once: pnpm passes on the Ctrl-C that the terminal has sent here already.
      process.on(signal, () => resolve("told"));
    }
  });
}

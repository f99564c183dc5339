import { claimStateFolder } from "./servers/claim-state-folder.ts";
import { DEMO_MERCHANT } from "./merchants/demo-merchant.ts";
import { requireFreePorts } from "./servers/require-free-ports.ts";
import { endIfInterrupted, runProgram, untilToldToStop } from "./command-line/run-program.ts";
import { readStartOptions, START_HELP } from "./command-line/start-options.ts";
import { StartProblem } from "./command-line/start-problem.ts";

/**
 * `pnpm start`: the whole product, until Ctrl-C. Where it can't start, it ends with code 1 and says why.
 *
 * That script gives its shell up to Node (`exec`, and the program itself rather than pnpm's shim for it): a shell in
 * between would die of Ctrl-C at once, and pnpm would report a failed command while everything closes in good order.
 */

await runProgram(async () => {
  const typed = process.argv.slice(2);
  const options = readStartOptions(typed);
  if (options === "help") {
    console.log(START_HELP);
    return;
  }
  endIfInterrupted();
  claimStateFolder(options.stateFolder);
  await requireFreePorts(
    {
      "--shop-port": options.shopPort,
      "--worker-port": options.workerPort,
      "--sandbox-port": options.sandboxPort,
    },
    { command: "npx pnpm@10.34.8 start", typed },
  );
  // Loaded now, so that a mistyped option or a taken port is answered at once.
  const { startLocalStack } = await import("./servers/local-stack.ts");
  const stack = await startLocalStack(options);
  const told = untilToldToStop();
  console.log(`
  The shop     ${stack.shopUrl}
  The Worker   ${stack.workerUrl}
  The sandbox  ${stack.sandboxUrl}
  Reference    ${stack.workerUrl}/docs
  Products     ${DEMO_MERCHANT.products.map(({ id }) => id).join(", ")}
  Keys         pk_sandbox_demo, and for calls as the shop's server ${stack.secretKey}

  Click a button, pay with card 4543 4740 0224 9996, any future date, any CVC, and choose "Paid".
  Another shop on this machine: --origin http://localhost:PORT lets its pages pay.
  How a merchant connects Qonto, from the first link on: npx pnpm@10.34.8 onboard:sandbox
  Ctrl-C stops everything.
`);
  const reason = await Promise.race([told, stack.ended.then(() => "ended" as const)]);
  await stack.close();
  if (reason === "ended") throw new StartProblem("The Worker ended by itself, and so did everything else.");
});

import { claimStateFolder } from "./servers/claim-state-folder.ts";
import { DEMO_MERCHANT } from "./merchants/demo-merchant.ts";
import { requireFreePorts } from "./servers/require-free-ports.ts";
import { endIfInterrupted, runProgram, untilToldToStop } from "./command-line/run-program.ts";
import { readStartOptions, START_HELP } from "./command-line/start-options.ts";
import { StartProblem } from "./command-line/start-problem.ts";

/**
 * `pnpm start`: the whole product, until Ctrl-C. If it can't start, it exits with code 1 and prints the reason.
 *
 * That script replaces its shell with Node (`exec`, and the program itself rather than pnpm's shim for it): a shell in
 * between would die of Ctrl-C at once, and pnpm would report a failed command while everything closes in good order.
 */

const KEYS_REPLACED = `
  The printed key of demo was revoked, so all its keys were replaced. Give the new key to your shop's server.
`;

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
  // Loaded here, so that a mistyped option or a port in use is reported at once.
  const { startLocalStack } = await import("./servers/local-stack.ts");
  const stack = await startLocalStack(options);
  const told = untilToldToStop();
  const { ok: hasConsole } = await fetch(`${stack.workerUrl}/console`);
  console.log(`
  The shop     ${stack.shopUrl}
  The Worker   ${stack.workerUrl}
  The sandbox  ${stack.sandboxUrl}
  Reference    ${stack.workerUrl}/docs
  Products     ${DEMO_MERCHANT.products.map(({ id }) => id).join(", ")}
  Keys         pk_sandbox_demo; for calls as the shop's server ${stack.secretKey}
${hasConsole ? `  Console      ${stack.consoleLink} (for one browser, within an hour)\n` : ""}${stack.hasReplacedKeys ? KEYS_REPLACED : ""}
  Click a button, pay with card 4543 4740 0224 9996, any future date, any CVC: click "Pay", then "Continue".
  To accept payments from another shop on this machine, add --origin http://localhost:PORT.
  To see how a merchant connects Qonto, run npx pnpm@10.34.8 onboard:sandbox.
  Ctrl-C stops everything.
`);
  const reason = await Promise.race([told, stack.ended.then(() => "ended" as const)]);
  await stack.close();
  if (reason === "ended")
    throw new StartProblem("The Worker stopped unexpectedly, so everything else was stopped, too.");
});

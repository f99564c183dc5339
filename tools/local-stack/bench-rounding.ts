import { parseArgs } from "node:util";
import { randomNumbers } from "./bench/random-numbers.ts";
import { randomShop } from "./bench/random-shop.ts";
import { runPolicy } from "./bench/run-policy.ts";
import { freePorts } from "./servers/free-ports.ts";
import { type LocalBackend, startLocalBackend } from "./servers/local-backend.ts";
import { temporaryFolder } from "./servers/temporary-folder.ts";

/**
 * `pnpm bench:rounding`: sends random carts through the real Worker, with the sandbox under each rounding policy in
 * turn. For each policy it prints how many shoppers were sent to an amount other than the one shown, how many were
 * rejected, how many needed a second try, and the last cart that needed one. Exits with code 1 if a shopper was
 * rejected or sent to another amount.
 */

const LEVELS = ["unit", "line", "rate", "total", "en16931"];
const MODES = ["half_up", "half_even"];

const { values } = parseArgs({
  options: { carts: { type: "string", default: "10000" }, seed: { type: "string", default: "20261120" } },
});

const { worker: workerPort, sandbox: sandboxPort } = await freePorts();
const stateFolder = temporaryFolder("bench");
const started = await startLocalBackend({ stateFolder, isSandboxKept: false, workerPort, sandboxPort });
try {
  process.exitCode = (await isRightUnderEveryPolicy(started)) ? 0 : 1;
} finally {
  await started.close();
}

async function isRightUnderEveryPolicy(backend: LocalBackend): Promise<boolean> {
  const random = randomNumbers(Number(values.seed));
  console.log(`${values.carts} carts under each policy, seed ${values.seed}\n`);
  console.log("| policy | sent to another amount | rejected | second tries | the last one at link |");
  console.log("|---|---|---|---|---|");
  let isRight = true;
  for (const level of LEVELS) {
    for (const mode of MODES) {
      const result = await runPolicy({ level, mode }, randomShop(Number(values.carts), random), backend);
      const { sentToAnotherAmount, refused, secondTries, lastSecondTry } = result;
      console.log(`| ${level}, ${mode} | ${sentToAnotherAmount} | ${refused} | ${secondTries} | ${lastSecondTry} |`);
      isRight &&= sentToAnotherAmount === 0 && refused === 0;
    }
  }
  return isRight;
}

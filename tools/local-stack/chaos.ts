import { parseArgs } from "node:util";
import { runChaos } from "./chaos/run-chaos.ts";
import { temporaryFolder } from "./servers/temporary-folder.ts";

/**
 * `pnpm chaos`: runs the real Worker while Qonto fails, the shop fails and the Worker is killed. Prints a summary, and
 * exits with code 1 if a promise was broken.
 */

const HELP = `pnpm chaos [options]

  --behaviour NAME      behaviour of the sandbox: production, sandbox or documented (production)
  --seed N              selects the faults and the times of the kills (20261129)
  --keys N              checkouts that are requested (700)
  --callers N           callers of each checkout (5)
  --faults N            percent of Qonto's answers that fail (45)
  --kills N             kills of the Worker in each of the two parts (20)
  --webhooks N          payments (5000)
  --shop-failures N     percent of the events whose first attempt fails at the shop (20)
  --minutes N           time limit (30)`;

const text = { type: "string" } as const;
const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== "--"),
  options: {
    behaviour: { ...text, default: "production" },
    seed: { ...text, default: "20261129" },
    keys: { ...text, default: "700" },
    callers: { ...text, default: "5" },
    faults: { ...text, default: "45" },
    kills: { ...text, default: "20" },
    webhooks: { ...text, default: "5000" },
    "shop-failures": { ...text, default: "20" },
    minutes: { ...text, default: "30" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) console.log(HELP);
else process.exitCode = await run();

async function run(): Promise<number> {
  const behaviour = (["production", "sandbox", "documented"] as const).find((name) => name === values.behaviour);
  const numbers = [
    values.seed,
    values.keys,
    values.callers,
    values.faults,
    values.kills,
    values.webhooks,
    values["shop-failures"],
    values.minutes,
  ].map(Number);
  if (behaviour === undefined || numbers.some((number) => !Number.isInteger(number) || number < 0)) {
    console.error(`An option has an invalid value.\n\n${HELP}`);
    return 2;
  }
  const [seed = 0, keys = 0, callers = 0, faults = 0, kills = 0, webhooks = 0, shopFailures = 0, minutes = 0] = numbers;
  const startedAt = Date.now();
  const { broken, summary } = await runChaos({
    behaviour,
    seed,
    keys,
    callers,
    faults: faults / 100,
    kills,
    webhooks,
    shopFailures: shopFailures / 100,
    minutes,
    stateFolder: temporaryFolder("chaos"),
    tell: (line) => console.log(line),
  });
  for (const [name, value] of Object.entries(summary)) console.log(`${name.replaceAll("_", " ")}: ${value}`);
  console.log(`behaviour ${behaviour}, seed ${seed}, ${Math.round((Date.now() - startedAt) / 1000)} s`);
  for (const sentence of broken) console.error(`BROKEN: ${sentence}`);
  if (broken.length === 0) console.log("Every promise was kept.");
  return broken.length === 0 ? 0 : 1;
}

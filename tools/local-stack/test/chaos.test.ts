import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { runChaos } from "../chaos/run-chaos.ts";

/** The small form of `pnpm chaos`, under each behaviour. */
const BEHAVIOURS = ["production", "sandbox", "documented"] as const;

/** A limit for a broken run, not a promise of time. */
const MINUTES = 12;

const stateFolder = mkdtempSync(join(tmpdir(), "qonto-pay-chaos-"));
afterAll(() => {
  rmSync(stateFolder, { recursive: true, force: true });
});

it.each(BEHAVIOURS)(
  "while the Worker is killed, Qonto (%s) fails and the shop fails, no link is doubled and no payment is lost",
  async (behaviour) => {
    const { broken, summary } = await runChaos({
      behaviour,
      seed: 20_261_129,
      keys: 60,
      callers: 5,
      faults: 0.45,
      kills: 3,
      webhooks: 300,
      shopFailures: 0.2,
      minutes: MINUTES,
      stateFolder: join(stateFolder, behaviour),
      tell: () => undefined,
    });
    expect(broken).toEqual([]);
    expect(summary).toMatchObject({ kills: 6, payments: 300, live_duplicates: 0 });
  },
  (MINUTES + 2) * 60_000,
);

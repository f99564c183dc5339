import type { RandomNumbers } from "../bench/random-numbers.ts";
import { controlSandbox } from "../servers/control-sandbox.ts";

/** Number of calls of each operation for which faults are planned. Afterwards Qonto works. */
const CALLS_PLANNED = {
  createPaymentLink: 3,
  listPaymentLinks: 1,
  getPaymentLink: 1,
  deactivatePaymentLink: 1,
} as const;

const FAULTS: readonly object[] = [
  { status: 500 },
  { status: 503, when: "after" },
  { status: 502, body: "html" },
  { drop: true },
  { drop: true, when: "after" },
  { body: "malformed_json" },
  { body: "cut" },
  { delay_ms: 400, when: "after" },
  { status: 429, headers: { "Retry-After": "1" } },
];

/** On a create call only: the link really has another amount. */
const WRONG_AMOUNT = { amount_off_by: "0.01" };

/** A good answer with an additional field, which a client of Qonto must accept. */
const GOOD = { extra_fields: true };

/** Plans faults at Qonto for this share of the calls, in an order that the seed determines. */
export async function planFaults(
  sandboxUrl: string,
  keys: number,
  share: number,
  random: RandomNumbers,
): Promise<void> {
  for (const [operation, calls] of Object.entries(CALLS_PLANNED)) {
    const kinds = operation === "createPaymentLink" ? [...FAULTS, WRONG_AMOUNT] : FAULTS;
    for (let planned = 0; planned < calls * keys; planned += 1) {
      const fault = random() < share ? kinds[Math.floor(random() * kinds.length)] : GOOD;
      await controlSandbox(sandboxUrl, "POST", "faults", { operation, ...fault });
    }
  }
}

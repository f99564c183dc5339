import { randomUUID } from "node:crypto";
import type { CheckoutCreated } from "@qonto-pay/core/api";
import { click, type ShopPage } from "./page.ts";
import type { Solver } from "./solver.ts";

/** The clicks of a merchant's shoppers in one phase. */
export interface Clicks {
  /** Milliseconds from the click to the pay page, of the served ones. */
  readonly served: number[];
  asked: number;
  /** How many shoppers solved a challenge. */
  challenged: number;
}

/** The button gives up after this many solutions. */
const MAX_SOLUTIONS = 3;

export function noClicks(): Clicks {
  return { served: [], asked: 0, challenged: 0 };
}

/** Clicks as the button does: a challenge is solved, and the same attempt is sent again. */
export async function shop(
  { page, solver }: { readonly page: ShopPage; readonly solver: Solver },
  address: string,
  clicks: Clicks,
  onServed: (checkout: CheckoutCreated) => void = () => undefined,
): Promise<void> {
  clicks.asked += 1;
  const startedAt = performance.now();
  const attempt_id = randomUUID();
  let answer = await click(page, address, { attempt_id });
  if (answer.challenge !== undefined) clicks.challenged += 1;
  for (let count = 0; count < MAX_SOLUTIONS && answer.challenge !== undefined; count += 1) {
    answer = await click(page, address, { attempt_id, challenge_solution: await solver.solve(answer.challenge) });
  }
  if (answer.checkout === undefined) return;
  clicks.served.push(performance.now() - startedAt);
  onServed(answer.checkout);
}

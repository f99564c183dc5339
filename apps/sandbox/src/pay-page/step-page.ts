import type { Answer } from "../http/answer.ts";
import type { StoredPaymentLink } from "../state/state.ts";
import type { World } from "../world.ts";
import { pageAnswer } from "../pages/layout.ts";
import { type Markup, markup } from "../pages/markup.ts";
import { orderSummary } from "./order-summary.ts";

export interface Step {
  readonly form: Markup;
  /** The shopper has seen the order already. On a narrow screen the form comes first. */
  readonly begun: boolean;
  /** An input was rejected. */
  readonly refused?: boolean;
}

/** Returns a step of the payment beside the order. */
export function stepPage(world: World, link: StoredPaymentLink, { form, begun, refused = false }: Step): Answer {
  const title = `${refused ? "Error: " : ""}Pay ${world.store.state.organization.name}`;
  const layout = begun ? "split begun" : "split";
  return pageAnswer(
    refused ? 422 : 200,
    title,
    markup`<div class="${layout}">${orderSummary(world, link)}${form}</div>`,
  );
}

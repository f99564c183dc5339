import { type Answer, json } from "../http/answer.ts";
import type { World } from "../world.ts";

/** `GET /v2/payment_links/payment_methods` */
export function listPaymentMethods(world: World): Answer {
  return json(200, { payment_link_payment_methods: world.store.state.payment_methods });
}

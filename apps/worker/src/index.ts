import type { Env } from "./env.ts";
import { route } from "./router.ts";

export { MerchantObject } from "./merchant-object.ts";
export { WebhookSender } from "./relay/webhook-sender.ts";

export default {
  fetch: (request, env) => route(request, env),
} satisfies ExportedHandler<Env>;

import type { Env } from "./context/env.ts";
import { route } from "./router.ts";

export { DeploymentObject } from "./deployment-object/deployment-object.ts";
export { MerchantObject } from "./merchant-object/merchant-object.ts";
export { QontoSender } from "./qonto/qonto-sender.ts";
export { WebhookSender } from "./webhooks/webhook-sender.ts";

export default {
  fetch: (request, env) => route(request, env),
} satisfies ExportedHandler<Env>;

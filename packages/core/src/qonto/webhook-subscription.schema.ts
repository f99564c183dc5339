import { z } from "zod";

/** A webhook subscription, answered bare by Qonto. `secret` signs the deliveries. */
export const webhookSubscriptionSchema = z.looseObject({
  id: z.string().min(1),
  callback_url: z.string(),
  types: z.array(z.string()),
  secret: z.string(),
});

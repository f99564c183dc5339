import { productSchema } from "@qonto-pay/core/api.schema";
import { z } from "zod";

/** What the local stack sends to make a connected merchant. */
export const seedRequestSchema = z.strictObject({
  /** Code of a consent at the sandbox. */
  code: z.string().min(1),
  redirect_uri: z.url(),
  webhook_callback_url: z.url(),
  secret_key: z.string().regex(/^sk_sandbox_[a-z0-9_-]+$/),
  allowed_origins: z.array(z.url()),
  products: z.array(productSchema),
});

export type SeedRequest = z.output<typeof seedRequestSchema>;

import * as z from "zod";

/** What Qonto signs webhooks with: 32 to 128 characters. */
export const webhookSecretSchema = z.string().min(32).max(128);

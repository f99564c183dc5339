import * as z from "zod";

/** The secret that signs webhooks: 32 to 128 characters. */
export const webhookSecretSchema = z.string().min(32).max(128);

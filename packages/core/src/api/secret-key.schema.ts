import { z } from "zod";
import type { SecretKeyCreated, SecretKeyInfo, SecretKeyList } from "./secret-key.ts";

const secretKeyInfoSchema = z.object({
  id: z.string(),
  ends_with: z.string().describe("Its last 4 characters, to tell keys apart."),
  created_at: z.iso.datetime(),
}) satisfies z.ZodType<SecretKeyInfo>;

/** The answer of `POST /v1/keys`. */
export const secretKeyCreatedSchema = secretKeyInfoSchema
  .extend({ secret_key: z.string().describe("Told this once: it is stored as a hash.") })
  .describe("A new secret key.") satisfies z.ZodType<SecretKeyCreated>;

/** The answer of `GET /v1/keys`. */
export const secretKeyListSchema = z
  .object({ keys: z.array(secretKeyInfoSchema) })
  .describe("The secret keys that are good now.") satisfies z.ZodType<SecretKeyList>;

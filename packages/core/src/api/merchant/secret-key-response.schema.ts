import * as z from "zod";
import { pageSchema } from "../values/cursor.schema.ts";
import type { SecretKeyCreated, SecretKeyInfo, SecretKeyPage } from "./secret-key.ts";

const secretKeyInfoSchema = z.object({
  id: z.string(),
  ends_with: z.string().describe("The last 4 characters of the key, to tell keys apart."),
  created_at: z.iso.datetime(),
}) satisfies z.ZodType<SecretKeyInfo>;

/** Response of `POST /v1/keys`. */
export const secretKeyCreatedSchema = secretKeyInfoSchema
  .extend({ secret_key: z.string().describe("Returned only once: the Worker stores its hash.") })
  .describe("A new secret key.") satisfies z.ZodType<SecretKeyCreated>;

/** Response of `GET /v1/keys`, and of revoking one. */
export const secretKeyPageSchema = pageSchema(secretKeyInfoSchema).describe(
  "The valid secret keys.",
) satisfies z.ZodType<SecretKeyPage>;

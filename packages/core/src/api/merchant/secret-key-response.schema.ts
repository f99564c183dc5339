import * as z from "zod";
import { pageSchema } from "../values/cursor.schema.ts";
import type { SecretKeyCreated, SecretKeyInfo, SecretKeyPage } from "./secret-key.ts";

const secretKeyInfoSchema = z.object({
  id: z.string(),
  ends_with: z.string().describe("Its last 4 characters, to tell keys apart."),
  created_at: z.iso.datetime(),
}) satisfies z.ZodType<SecretKeyInfo>;

/** The answer of `POST /v1/keys`. */
export const secretKeyCreatedSchema = secretKeyInfoSchema
  .extend({ secret_key: z.string().describe("Told this once: it is stored as a hash.") })
  .describe("A new secret key.") satisfies z.ZodType<SecretKeyCreated>;

/** The answer of `GET /v1/keys`, and of revoking one. */
export const secretKeyPageSchema = pageSchema(secretKeyInfoSchema).describe(
  "The valid secret keys.",
) satisfies z.ZodType<SecretKeyPage>;

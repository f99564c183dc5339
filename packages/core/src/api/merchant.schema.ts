import { z } from "zod";
import { isMerchantName } from "./keys.ts";
import type { ChangeMerchantRequest, CreateMerchantRequest } from "./merchant.ts";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether a text is an origin as a browser sends it, and one that nobody on the way can pretend to be. */
function isSafeOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  return origin === text && (protocol === "https:" || (protocol === "http:" && LOOPBACK.has(hostname)));
}

const allowed_origins = z
  .array(z.string().max(255).refine(isSafeOrigin, "must be an https origin, like https://shop.example"))
  .max(50);

/** Strict: the body of `POST /v1/merchants`. */
export const createMerchantRequestSchema = z.strictObject({
  name: z.string().refine(isMerchantName, "must be 1 to 39 lower-case letters, digits and hyphens"),
  allowed_origins,
}) satisfies z.ZodType<CreateMerchantRequest>;

/** Strict: the body of `PATCH /v1/merchants/{merchant}`. */
export const changeMerchantRequestSchema = z.strictObject({
  allowed_origins,
}) satisfies z.ZodType<ChangeMerchantRequest>;

import * as z from "zod";
import type { OfferClaims } from "./offer.ts";
import { offeredCheckoutSchema } from "./server-checkout.schema.ts";

/** Strict: the claims of an offer. The expiry and the audience are checked with the signature. */
export const offerClaimsSchema = z
  .strictObject({
    aud: z.string(),
    iat: z.number(),
    exp: z.number(),
    jti: z
      .string()
      .regex(/^[A-Za-z0-9_-]{16,64}$/, "must be 16 to 64 letters, digits, _ or -")
      .optional(),
    single_use: z.boolean().optional(),
    checkout: offeredCheckoutSchema,
  })
  .refine((claims) => claims.single_use !== true || claims.jti !== undefined, {
    path: ["jti"],
    message: "must be given where `single_use` is true",
  }) satisfies z.ZodType<OfferClaims>;

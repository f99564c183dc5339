import * as z from "zod";
import type { Challenge } from "./challenge.ts";

/** A challenge of `challenge_required`. */
export const challengeSchema = z
  .object({
    parameters: z.object({
      algorithm: z.string(),
      cost: z.number().describe("Iterations of the key derivation: the difficulty."),
      data: z.object({ bound: z.string() }),
      expiresAt: z.number().describe("Seconds since the epoch."),
      keyLength: z.number(),
      keyPrefix: z.string(),
      nonce: z.string(),
      salt: z.string(),
    }),
    signature: z.string(),
    attempt_id: z.string().describe("Send it with the solution. If your request had an `attempt_id`, it is the same."),
  })
  .describe(
    "A proof of work in the format of ALTCHA, version 2. `altcha-lib` solves it: find a counter whose derived key begins with `keyPrefix`.",
  ) satisfies z.ZodType<Challenge>;

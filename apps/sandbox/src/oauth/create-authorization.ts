import * as z from "zod";
import { parseBody } from "../api/read-json.ts";
import { type Answer, json } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import { isLoopback } from "../http/loopback.ts";
import type { World } from "../world.ts";
import { issueCode } from "./issue-code.ts";
import { PAYMENT_LINK_SCOPES } from "./scopes.ts";

const authorizationSchema = z.object({
  redirect_uri: z
    .string()
    .refine(isLoopback, "must be an http or https URL on this machine, as registered for the sandbox client"),
  scope: z.string().min(1).default(PAYMENT_LINK_SCOPES),
});

/** Handles `POST /_sandbox/authorizations`: answers the code that the merchant's consent would give. */
export function createAuthorization(world: World, call: Call): Answer {
  return json(201, { code: issueCode(world, parseBody(authorizationSchema, call)) });
}

import { randomBytes, randomUUID } from "node:crypto";
import { z } from "zod";
import { parseBody } from "../api/read-json.ts";
import { type Answer, json } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import { isLoopback } from "../http/loopback.ts";
import type { World } from "../world.ts";

const CODE_LIFE_MS = 600_000;

const authorizationSchema = z.object({
  redirect_uri: z
    .string()
    .refine(isLoopback, "must be an http or https URL on this machine, as the sandbox client registered"),
  scope: z.string().min(1).default("offline_access organization.read payment_link.read payment_link.write webhook"),
});

/** `POST /_sandbox/authorizations`: the code that a consent of the merchant would have led to. */
export function createAuthorization(world: World, call: Call): Answer {
  const { redirect_uri, scope } = parseBody(authorizationSchema, call);
  const code = randomBytes(32).toString("base64url");
  const expires_at = world.clock.iso(CODE_LIFE_MS);
  world.store.state.authorizations.set(code, { redirect_uri, scope, grant_id: randomUUID(), expires_at, used: false });
  world.store.changed();
  return json(201, { code });
}

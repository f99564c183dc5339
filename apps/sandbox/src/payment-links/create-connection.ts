import * as z from "zod";
import { ApiError, badRequest } from "../api/api-error.ts";
import { parseBody } from "../api/read-json.ts";
import { type Answer, json } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import { isLoopback } from "../http/loopback.ts";
import type { World } from "../world.ts";
import { showConnection } from "./get-connection.ts";

/** Counts characters as JSON Schema does: an emoji is one. */
function characters(text: string): number {
  return Array.from(text).length;
}

/** Source: `CreatePaymentLinkConnectionRequest` of Qonto's contract. */
const connectionSchema = z.object({
  partner_callback_url: z.string().refine((text) => /^https?:/.test(text) && URL.canParse(text), "must be a URL"),
  user_bank_account_id: z.string(),
  user_phone_number: z.string().regex(/^\+[1-9]\d{1,14}$/, "must be a phone number in E.164 format"),
  user_website_url: z
    .string()
    .refine((text) => characters(text) <= 255, "must have at most 255 characters")
    .regex(/^https?[^@]*$/, "must start with http or https and not contain any @"),
  business_description: z
    .string()
    .refine((text) => characters(text) >= 80, "must have at least 80 characters")
    .nullable(),
});

/**
 * Handles `POST /v2/payment_links/connections`: connects a bank account. The merchant then completes the connection at
 * the provider.
 */
export function createConnection(world: World, call: Call): Answer {
  const { state } = world.store;
  const body = parseBody(connectionSchema, call);
  refusePrivateAddresses(world, body);
  if (state.connection !== null) {
    throw new ApiError(400, [
      { code: "multiple_connections_not_allowed", detail: "Only one connection can be active per user" },
    ]);
  }
  if (!state.organization.bank_accounts.some((account) => account.id === body.user_bank_account_id)) {
    throw badRequest("The bank account does not exist", "/user_bank_account_id");
  }
  state.connection = {
    id: world.clock.newId(),
    status: "not_connected",
    bank_account_id: body.user_bank_account_id,
    partner_callback_url: body.partner_callback_url,
  };
  world.store.changed();
  return json(201, showConnection(world, state.connection));
}

const ADDRESSES = ["partner_callback_url", "user_website_url"] as const;

/** Rejects addresses that are not https or lead to this machine, if the behaviour requires it. */
function refusePrivateAddresses({ store }: World, body: Readonly<Record<(typeof ADDRESSES)[number], string>>): void {
  if (store.state.behaviour.switches.callback_addresses === "any") return;
  const refused = ADDRESSES.find((name) => !body[name].startsWith("https:") || isLoopback(body[name]));
  if (refused !== undefined) throw badRequest("must be a public https URL", `/${refused}`);
}

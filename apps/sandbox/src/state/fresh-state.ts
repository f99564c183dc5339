import type { Behaviour } from "../behaviour/behaviour-settings.ts";
import { ORGANIZATION } from "./organization.ts";
import { DOCUMENTED_PAYMENT_METHODS, methodsWith } from "./payment-methods.ts";
import type { State } from "./state.ts";

/** Source: the documented example of an event, whose link expires after a year. Qonto states no duration. */
const YEAR_MS = 365 * 86_400_000;

/**
 * Returns the state of a new sandbox with `behaviour`: the guide's `Abacate Organization`, connected to the provider.
 */
export function freshState(behaviour: Behaviour): State {
  return {
    clock_offset_ms: 0,
    started_with: behaviour,
    behaviour,
    rounding_policy: { level: "line", mode: "half_up" },
    webhook_mode: "deliver",
    payment_link_life_ms: YEAR_MS,
    idempotency_honoured: false,
    payment_link_shape: "enveloped",
    organization: ORGANIZATION,
    connection: {
      id: "5e1f1a6e-6b0c-4c39-9d5f-3a4d1c2b7e05",
      status: "enabled",
      bank_account_id: "5e1f1a6e-6b0c-4c39-9d5f-3a4d1c2b7e03",
      partner_callback_url: null,
    },
    payment_methods: methodsWith(DOCUMENTED_PAYMENT_METHODS),
    authorizations: new Map(),
    access_tokens: new Map(),
    refresh_tokens: new Map(),
    idempotent_links: new Map(),
    payment_links: new Map(),
    payments: new Map(),
    payment_attempts: new Map(),
    webhook_subscriptions: new Map(),
    deliveries: new Map(),
    held: new Map(),
  };
}

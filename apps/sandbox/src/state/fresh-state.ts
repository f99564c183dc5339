import { PAYMENT_METHODS } from "@qonto-pay/core/qonto";
import type { Behaviour } from "../behaviour/behaviour-settings.ts";
import type { State } from "./state.ts";

/** A sandbox without history that plays `behaviour`: the guide's `Abacate Organization`, connected to the provider. */
export function freshState(behaviour: Behaviour): State {
  return {
    clock_offset_ms: 0,
    started_with: behaviour,
    behaviour,
    rounding_policy: { level: "line", mode: "half_up" },
    webhook_mode: "deliver",
    idempotency_honoured: false,
    payment_link_shape: "enveloped",
    organization: {
      id: "5e1f1a6e-6b0c-4c39-9d5f-3a4d1c2b7e01",
      slug: "abacate-organization-1234",
      name: "Abacate Organization",
      legal_name: "Abacate Organization SAS",
      membership_id: "5e1f1a6e-6b0c-4c39-9d5f-3a4d1c2b7e02",
      bank_accounts: [
        {
          id: "5e1f1a6e-6b0c-4c39-9d5f-3a4d1c2b7e03",
          name: "Main account",
          iban: "FR7616958000010000000000140",
          bic: "QNTOFRP1XXX",
          currency: "EUR",
          main: true,
          status: "active",
        },
        {
          id: "5e1f1a6e-6b0c-4c39-9d5f-3a4d1c2b7e04",
          name: "Online sales",
          iban: "FR7616958000010000000000237",
          bic: "QNTOFRP1XXX",
          currency: "EUR",
          main: false,
          status: "active",
        },
      ],
    },
    connection: {
      id: "5e1f1a6e-6b0c-4c39-9d5f-3a4d1c2b7e05",
      status: "enabled",
      bank_account_id: "5e1f1a6e-6b0c-4c39-9d5f-3a4d1c2b7e03",
      partner_callback_url: null,
    },
    payment_methods: PAYMENT_METHODS.map((name) => ({ name, enabled: true })),
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

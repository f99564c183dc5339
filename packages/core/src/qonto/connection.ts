import type { KnownOr } from "./payment-link.ts";

export const CONNECTION_STATUSES = ["enabled", "pending", "disabled", "not_connected"] as const;
export type ConnectionStatus = (typeof CONNECTION_STATUSES)[number];

/** Request body of `POST /v2/payment_links/connections`. */
export interface CreateConnection {
  /** Where the provider sends the merchant's browser at the end. */
  readonly partner_callback_url: string;
  readonly user_bank_account_id: string;
  /** E.164, "+33612345678". */
  readonly user_phone_number: string;
  /** http or https, without any "@", 255 characters at most. */
  readonly user_website_url: string;
  /** 80 characters or more. */
  readonly business_description: string | null;
}

/**
 * The connection to the payment links provider as Qonto returns it. Only `status` is certain: the fields present in
 * each state were never observed, although all three are documented (field notes of 2026-11-29, 8.4).
 */
export interface PaymentLinkConnection {
  /** Where the merchant finishes connecting. */
  readonly connection_location?: string | null | undefined;
  readonly status: KnownOr<ConnectionStatus>;
  readonly bank_account_id?: string | null | undefined;
}

/** Where the owner of an organization activates payment links, in Qonto's app. Source: Qonto's MCP server. */
export const ACTIVATION_URL = "https://app.qonto.com/deeplinks?action=payment_links.activate";

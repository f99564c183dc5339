/**
 * All switches with their values; the documented value is first. A switch is a point in which the real Qonto was
 * observed to differ from its documentation, or which is unknown. The README of this package describes each value and
 * its evidence.
 */
export const SWITCH_VALUES = {
  expiration_date: ["real", "zero", "absent", "past", "number"],
  paid_link_status: ["paid", "processing", "open"],
  pending_link_status: ["processing", "paid"],
  payments_list: ["complete", "empty"],
  reusable_link_status: ["open", "processing", "paid"],
  late_payment_status: ["paid", "unchanged"],
  staging_token: ["html", "redirect", "not_required"],
  subscription_secret: ["create_only", "null_later", "always"],
  subscription_description: ["answered", "omitted"],
  subscription_put_secret: ["accept", "ignore", "reject"],
  payment_links_feature: ["available", "missing"],
  connection_answer: ["full", "status_only"],
  callback_addresses: ["any", "public_only"],
  pending_methods: ["listed", "none"],
  payments_total: ["filtered", "unfiltered"],
  invoice_check: ["none", "unknown_invoice", "invalid_invoice"],
  error_trace_id: ["absent", "present"],
  oauth_client: ["valid", "invalid"],
} as const;

export type SwitchName = keyof typeof SWITCH_VALUES;

/** One value for every switch. */
export type Switches = { readonly [Name in SwitchName]: (typeof SWITCH_VALUES)[Name][number] };

/** Values for some switches. */
export type SwitchChanges = { readonly [Name in SwitchName]?: Switches[Name] | undefined };

export const BEHAVIOUR_NAMES = ["production", "sandbox", "documented"] as const;
export type BehaviourName = (typeof BEHAVIOUR_NAMES)[number];

export const DEFAULT_BEHAVIOUR: BehaviourName = "production";

const DOCUMENTED: Switches = {
  expiration_date: "real",
  paid_link_status: "paid",
  pending_link_status: "processing",
  payments_list: "complete",
  reusable_link_status: "open",
  late_payment_status: "paid",
  staging_token: "html",
  subscription_secret: "create_only",
  subscription_description: "answered",
  subscription_put_secret: "accept",
  payment_links_feature: "available",
  connection_answer: "full",
  callback_addresses: "any",
  pending_methods: "listed",
  payments_total: "filtered",
  invoice_check: "none",
  error_trace_id: "absent",
  oauth_client: "valid",
};

/** The switches of each behaviour: the values observed in that environment, and documented values for the rest. */
export const BEHAVIOURS: Readonly<Record<BehaviourName, Switches>> = {
  documented: DOCUMENTED,
  production: {
    ...DOCUMENTED,
    expiration_date: "zero",
    staging_token: "not_required",
    subscription_secret: "null_later",
    subscription_description: "omitted",
    error_trace_id: "present",
  },
  sandbox: {
    ...DOCUMENTED,
    paid_link_status: "processing",
    subscription_secret: "null_later",
    subscription_description: "omitted",
    error_trace_id: "present",
  },
};

import type { RoundingPolicy } from "../../money/rounding-policy.ts";
import type { AuthorizationOutageReason, ConsentProblem } from "../event/event.ts";
import type { Environment } from "../merchant/keys.ts";
import type { WebhookEndpoint } from "../webhook-endpoint/webhook-endpoint.ts";

/** What each diagnostics check measured. Times are ISO 8601; null: not known, or never. */
export interface DiagnosticsMeasurements {
  /** Of the deployment: which Qonto it talks to. */
  readonly key_environment: { readonly environment: Environment; readonly qonto_host: string };
  readonly consent: {
    readonly given_at: string | null;
    /** When the refresh token was last replaced: it dies 90 days after. */
    readonly refreshed_at: string | null;
    readonly days_since_refresh: number | null;
    readonly needs_reconnect: ConsentProblem | null;
  };
  /** Whether Qonto's OAuth accepts this deployment, as its last answers say. */
  readonly oauth_client: {
    /** Why it does not; null: it does. */
    readonly problem: AuthorizationOutageReason | null;
    readonly since: string | null;
    /** When it is tried again. */
    readonly retry_at: string | null;
  };
  /** How long one read took, the waiting for our other calls included. */
  readonly access_token: { readonly latency_ms: number };
  readonly connection: {
    /** In Qonto's own word; null before there was ever one. */
    readonly status: string | null;
    /** Whether the organization has payment links at all; null: not known, since there was no reason to look. */
    readonly activated: boolean | null;
  };
  readonly payment_methods: { readonly enabled: readonly string[] };
  readonly webhook_subscription: {
    readonly expected_url: string;
    /** Those of ours at Qonto. */
    readonly found: readonly { readonly url: string; readonly types: readonly string[] }[];
  };
  /** Of the last events that came in: from Qonto's `created_at` to their arrival. */
  readonly webhook_round_trip: {
    readonly events: number;
    readonly last_received_at: string | null;
    readonly median_ms: number | null;
    readonly longest_ms: number | null;
  };
  /** How far Qonto's clock is ahead of this one; below 0: behind. */
  readonly clock_skew: { readonly skew_ms: number };
  readonly rounding: {
    /** Every way of rounding that explains all amounts so far. */
    readonly policies: readonly RoundingPolicy[];
    /** How many amounts were learned from. */
    readonly answers: number;
  };
  readonly late_reads: {
    readonly open_checkouts: number;
    readonly late_reads: number;
    readonly oldest_due_at: string | null;
  };
  readonly lost_links: {
    /** Links to deactivate. */
    readonly waiting: number;
    /** Of these, how many are still searched for at Qonto: their create call had no answer. */
    readonly unidentified: number;
    /** Links that Qonto's webhooks named and that could not be read from Qonto yet. */
    readonly unread: number;
    readonly oldest_noted_at: string | null;
  };
  /** Of the last 90 days. */
  readonly payments_to_review: {
    /** Paid payments over another amount or currency than their checkout. */
    readonly amount_mismatches: number;
    /** Payments for an order that was paid before. */
    readonly duplicate_payments: number;
    /** Of the newest of both. */
    readonly last_checkout_id: string | null;
  };
  readonly webhook_endpoints: {
    readonly endpoints: readonly (Pick<WebhookEndpoint, "id" | "url" | "enabled" | "disabled_reason"> & {
      /** Deliveries that are to be sent, or sent again. */
      readonly pending: number;
      /** Deliveries that were given up. */
      readonly dead: number;
    })[];
  };
  /** Newest first. */
  readonly last_errors: { readonly errors: readonly DiagnosticsError[] };
}

/**
 * Why a call failed, where the deployment has to be changed: something else than Qonto's API answered, or Qonto answered in a
 * shape that this version does not know.
 */
export const DIAGNOSTICS_ERROR_CAUSES = ["unreadable_answer", "unknown_shape"] as const;
export type DiagnosticsErrorCause = (typeof DIAGNOSTICS_ERROR_CAUSES)[number];

/** A call to Qonto that failed, in words of ours. Repetitions of the same are one. */
export interface DiagnosticsError {
  readonly operation: string;
  readonly message: string;
  readonly cause: DiagnosticsErrorCause | null;
  readonly count: number;
  /** ISO 8601. */
  readonly first_at: string;
  /** ISO 8601. */
  readonly last_at: string;
}

export type DiagnosticsCheckName = keyof DiagnosticsMeasurements;

/** Failing: payments are not taken, or not learned of. Warning: they will not be, or something has to be looked at. */
export type DiagnosticsStatus = "ok" | "warning" | "failing";

export interface DiagnosticsCheckOf<Name extends DiagnosticsCheckName> {
  readonly name: Name;
  readonly status: DiagnosticsStatus;
  readonly message: string;
  /** Null where nothing has to be done. */
  readonly remediation: string | null;
  /** Absent where the check could not be made. */
  readonly measured?: DiagnosticsMeasurements[Name];
}

export type DiagnosticsCheck = {
  readonly [Name in DiagnosticsCheckName]: DiagnosticsCheckOf<Name>;
}[DiagnosticsCheckName];

export type DeploymentCheckName = "oauth" | "callback_address" | "api";

/** The answer of `GET /v1/deployment/diagnostics`: what every merchant of a deployment depends on, looked at now. */
export interface DeploymentReport {
  /** No check is failing. */
  readonly healthy: boolean;
  readonly checks: readonly {
    readonly name: DeploymentCheckName;
    readonly status: DiagnosticsStatus;
    readonly message: string;
    /** Null where nothing has to be done. */
    readonly remediation: string | null;
  }[];
}

/**
 * The answer of `POST /v1/diagnostics/repair`: the checks whose subject the Worker reads again from Qonto, and repairs, within
 * seconds. It reads payment methods only if the connection is enabled, and lists `consent` and `oauth_client` only if Qonto
 * rejects the merchant's tokens or the deployment: it then asks Qonto again, a minute after the last try at the earliest.
 */
export interface DiagnosticsRepair {
  readonly scheduled: readonly (
    | "consent"
    | "oauth_client"
    | "connection"
    | "payment_methods"
    | "webhook_subscription"
    | "late_reads"
  )[];
}

/** The answer of `GET /v1/diagnostics`: every check, in the same order each time. */
export interface DiagnosticsReport {
  /** No check is failing. */
  readonly healthy: boolean;
  readonly checks: readonly DiagnosticsCheck[];
}

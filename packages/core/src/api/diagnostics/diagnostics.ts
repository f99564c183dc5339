import type { RoundingPolicy } from "../../money/rounding-policy.ts";
import type { AuthorizationOutageReason, ConsentProblem } from "../event/event.ts";
import type { Environment } from "../merchant/keys.ts";
import type { WebhookEndpoint } from "../webhook-endpoint/webhook-endpoint.ts";

/** The measurements of each diagnostics check. Times are ISO 8601; null: unknown, or never. */
export interface DiagnosticsMeasurements {
  /** The deployment's Qonto environment. */
  readonly key_environment: { readonly environment: Environment; readonly qonto_host: string };
  readonly consent: {
    readonly given_at: string | null;
    /** When the refresh token was last replaced. It expires 90 days later. */
    readonly refreshed_at: string | null;
    readonly days_since_refresh: number | null;
    readonly needs_reconnect: ConsentProblem | null;
  };
  /** Whether Qonto's OAuth accepts this deployment, according to its latest answers. */
  readonly oauth_client: {
    /** The reason for a rejection; null: accepted. */
    readonly problem: AuthorizationOutageReason | null;
    readonly since: string | null;
    /** Time of the next try. */
    readonly retry_at: string | null;
  };
  /** Duration of one read, including the wait for other calls of this Worker. */
  readonly access_token: { readonly latency_ms: number };
  readonly connection: {
    /** Qonto's status value; null if there has never been one. */
    readonly status: string | null;
    /**
     * Whether payment links are activated for the organization; null: unknown, because the Worker had no reason to
     * check.
     */
    readonly activated: boolean | null;
  };
  readonly payment_methods: { readonly enabled: readonly string[] };
  readonly webhook_subscription: {
    readonly expected_url: string;
    /** This Worker's subscriptions at Qonto. */
    readonly found: readonly { readonly url: string; readonly types: readonly string[] }[];
  };
  /** Of the latest incoming events: from Qonto's `created_at` to their arrival. */
  readonly webhook_round_trip: {
    readonly events: number;
    readonly last_received_at: string | null;
    readonly median_ms: number | null;
    readonly longest_ms: number | null;
  };
  /** How far Qonto's clock is ahead of the Worker's; negative: behind. */
  readonly clock_skew: { readonly skew_ms: number };
  readonly rounding: {
    /** Every rounding policy that explains all amounts so far. */
    readonly policies: readonly RoundingPolicy[];
    /** Number of amounts that were evaluated. */
    readonly answers: number;
  };
  readonly late_reads: {
    readonly open_checkouts: number;
    readonly late_reads: number;
    readonly oldest_due_at: string | null;
  };
  readonly lost_links: {
    /** Number of links to deactivate. */
    readonly waiting: number;
    /** How many of these the Worker still searches for at Qonto, because their create call got no answer. */
    readonly unidentified: number;
    /** Number of links that Qonto's webhooks named and that could not be read from Qonto yet. */
    readonly unread: number;
    readonly oldest_noted_at: string | null;
  };
  /** Over the last 90 days. */
  readonly payments_to_review: {
    /** Number of paid payments whose amount or currency differs from their checkout's. */
    readonly amount_mismatches: number;
    /** Number of payments for an order that was already paid. */
    readonly duplicate_payments: number;
    /** Checkouts that were paid after another one had replaced them. */
    readonly paid_after_superseded: number;
    /** Payments of links that no checkout knows. */
    readonly unmatched_payments: number;
    /** Number of checkouts of any age whose link is `paid` while none of its payments is. */
    readonly paid_without_payment: number;
    /** The checkout of the newest event; without an event, the newest checkout without a payment. */
    readonly last_checkout_id: string | null;
  };
  readonly webhook_endpoints: {
    readonly endpoints: readonly (Pick<WebhookEndpoint, "id" | "url" | "enabled" | "disabled_reason"> & {
      /** Number of deliveries that will be sent or retried. */
      readonly pending: number;
      /** Number of deliveries that were given up. */
      readonly dead: number;
    })[];
  };
  /** Requests of pages to open checkouts, beyond the rate that the merchant's paid share allows. */
  readonly flood: {
    /** Of the present flood, else of the last one; null: there was none. */
    readonly started_at: string | null;
    /** Null: the flood has not ended, or there was none. */
    readonly ended_at: string | null;
    /** Number of requests that had to solve a challenge, and of solved challenges. */
    readonly challenged: number;
    readonly solved: number;
    /** Checkouts that pages may open in a minute without a challenge, after a burst. */
    readonly allowed_per_minute: number;
    /** From 0 to 1; null: not read, because few checkouts were opened since the object started. */
    readonly paid_share: number | null;
  };
  /** The database of the merchant. */
  readonly storage: {
    readonly used_bytes: number;
    readonly limit_bytes: number;
    /** From 0 to 1. */
    readonly used_share: number;
  };
  /** Newest first. */
  readonly last_errors: { readonly errors: readonly DiagnosticsError[] };
}

/**
 * Why a call failed, if the deployment must be changed: a server other than Qonto's API answered, or Qonto answered in a
 * shape that this version does not know.
 */
export const DIAGNOSTICS_ERROR_CAUSES = ["unreadable_answer", "unknown_shape"] as const;
export type DiagnosticsErrorCause = (typeof DIAGNOSTICS_ERROR_CAUSES)[number];

/** A failed call to Qonto, described without Qonto's own text. Repetitions of the same failure are one entry. */
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

/**
 * Failing: payments are not accepted, or not noticed. Warning: that will happen, or an operator should look into it.
 */
export type DiagnosticsStatus = "ok" | "warning" | "failing";

export interface DiagnosticsCheckOf<Name extends DiagnosticsCheckName> {
  readonly name: Name;
  readonly status: DiagnosticsStatus;
  readonly message: string;
  /** Null if no action is required. */
  readonly remediation: string | null;
  /** Absent if the check could not run. */
  readonly measured?: DiagnosticsMeasurements[Name];
}

export type DiagnosticsCheck = {
  readonly [Name in DiagnosticsCheckName]: DiagnosticsCheckOf<Name>;
}[DiagnosticsCheckName];

export type DeploymentCheckName = "oauth" | "callback_address" | "api";

/**
 * Response of `GET /v1/deployment/diagnostics`: the current state of the settings and services that all merchants of a
 * deployment depend on.
 */
export interface DeploymentReport {
  /** No check is failing. */
  readonly healthy: boolean;
  readonly checks: readonly {
    readonly name: DeploymentCheckName;
    readonly status: DiagnosticsStatus;
    readonly message: string;
    /** Null if no action is required. */
    readonly remediation: string | null;
  }[];
}

/**
 * Response of `POST /v1/diagnostics/repair`: the checks whose subject the Worker reads again from Qonto, and repairs,
 * within seconds. It reads payment methods only if the connection is enabled. It lists `consent` and `oauth_client` only
 * if Qonto rejects the merchant's tokens or the deployment; it then calls Qonto again, no earlier than a minute after
 * the last try.
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

/** Response of `GET /v1/diagnostics`: all checks, always in the same order. */
export interface DiagnosticsReport {
  /** No check is failing. */
  readonly healthy: boolean;
  readonly checks: readonly DiagnosticsCheck[];
}

import type { AuthorizationOutageReason } from "@qonto-pay/core/api";
import type { Money } from "@qonto-pay/core/money";
import type { LearnedRounding } from "../pricing/learned-rounding.ts";
import type { LimitRecord } from "../qonto/rate-limiter.ts";
import type { RejectionRecord } from "../qonto/token-rejections.ts";
import type { EndPosition } from "./checkout-expiry.ts";
import type { Sql } from "./sql.ts";

/** The state of the merchant's consent. Times are milliseconds since the epoch. */
export interface Consent {
  readonly givenAt: number;
  /** When the refresh token was last replaced. It expires 90 days later. */
  readonly refreshedAt: number;
  /** The time at which an unused refresh token is replaced, so that it does not expire. */
  readonly renewAt: number;
  /** When Qonto was found to reject it; null: Qonto still accepts it. */
  readonly lostAt: number | null;
  /** When the merchant was notified that they must reauthorize, so that they are notified once. */
  readonly warnedAt: number | null;
}

/** The connection to the payment provider, as it was last read. */
export interface KnownConnection {
  /** Null if there was never a connection. */
  readonly status: string | null;
  /** Whether the organization has no payment links: they must be switched on in Qonto's app first. */
  readonly isNotActivated?: true;
}

/** The methods for one amount. Times are milliseconds since the epoch. */
export interface MethodsForAmount {
  readonly amount: Money;
  /** Null: not read yet. */
  readonly enabled: readonly string[] | null;
  readonly refusedAt: number;
  /** When they were read; null: not since Qonto last rejected the amount. */
  readonly readAt: number | null;
}

/** A secret that Qonto may sign with. Times are milliseconds since the epoch. */
export interface WebhookSecret {
  readonly sealed: string;
  readonly madeAt: number;
  /** When a subscription with it was first requested from Qonto; null: not yet. */
  readonly askedAt: number | null;
  /** When a delivery was first found to be signed with it; null: not yet. */
  readonly verifiedAt: number | null;
  /** Null for the current one, and for earlier ones while they have subscriptions. */
  readonly until: number | null;
  /** The subscriptions at Qonto that sign with it. */
  readonly subscriptionIds: readonly string[];
}

/** The Worker can't get new access tokens, because of the deployment and not of the merchant. Times as above. */
export interface AuthorizationOutage {
  readonly reason: AuthorizationOutageReason;
  readonly since: number;
  /** When a token was last requested. Earlier versions did not store it. */
  readonly triedAt?: number;
  /** When a token is requested again. */
  readonly retryAt: number;
  /** SHA-256 of the client's id and secret, in hex. A changed client is tried at once. */
  readonly client: string;
}

/** A flood of requests to open checkouts. Times as above. */
export interface FloodRecord {
  readonly startedAt: number;
  /** When a request was last challenged. */
  readonly lastAt: number;
  /** Null: it has not ended. */
  readonly endedAt: number | null;
  /** The requests that had to solve a challenge, and the solved challenges. */
  readonly challenged: number;
  readonly solved: number;
  /** It ends once no request was challenged for this long. Absent in records of earlier versions. */
  readonly quietMs?: number;
}

/** The merchant's organization at Qonto. */
export interface KnownOrganization {
  readonly id: string;
  readonly name: string;
}

/** How long ended checkouts are kept, in days. */
export interface StoredRetention {
  readonly unpaidDays: number;
  /** For checkouts with payments. */
  readonly paymentsDays: number;
}

/** 13 months, and 10 years with leap days. The decision record `docs/decisions/retention.md` states the reasons. */
export const DEFAULT_RETENTION: StoredRetention = { unpaidDays: 396, paymentsDays: 3_653 };

/** How far the deletion of expired checkouts has come, and what it has deleted so far. */
export interface Expiry {
  /** When it continues, in milliseconds since the epoch. */
  readonly dueAt: number;
  /** The checkout that was examined last: among those without a payment, and among those with payments. */
  readonly unpaid: EndPosition;
  readonly paid: EndPosition;
  readonly deleted: { readonly withoutLink: number; readonly unpaid: number; readonly paid: number };
}

/** The settings of a merchant. Values named `sealed` are encrypted by the vault. */
interface SettingValues {
  readonly allowed_origins: readonly string[];
  /** SHA-256 of the request that made the merchant and of its `Idempotency-Key`, in hex. */
  readonly made_by: string;
  readonly retention: StoredRetention;
  readonly expiry: Expiry;
  readonly organization: KnownOrganization;
  /** When the export that was restored here began, in milliseconds since the epoch. */
  readonly restored_export: number;
  /** The last percentage of the storage's limit that was reported. */
  readonly storage_reported: number;
  readonly rounding: LearnedRounding;
  /** The enabled ones. */
  readonly payment_methods: readonly string[];
  /**
   * The enabled methods for amounts for which Qonto rejected a link. Newest first; those whose last read failed come
   * last.
   */
  readonly payment_methods_by_amount: readonly MethodsForAmount[];
  readonly consent: Consent;
  readonly connection: KnownConnection;
  /** When connection and methods are read next, in milliseconds since the epoch. */
  readonly connection_due_at: number;
  /** When a refresh token was used whose successor is not stored yet, in milliseconds since the epoch. */
  readonly renewal_begun_at: number;
  /** When that renewal is retried, in milliseconds since the epoch. */
  readonly renewal_try_at: number;
  readonly rejected_tokens: RejectionRecord;
  /** What Qonto's limits leave to the merchant. */
  readonly qonto_limits: LimitRecord;
  /** When the consent is checked because a webhook reported its revocation, in milliseconds since the epoch. */
  readonly consent_check_at: number;
  readonly authorization_outage: AuthorizationOutage;
  readonly sealed_tokens: string;
  /** Where the merchant completes the connection, while it is not enabled. */
  readonly sealed_connection_location: string;
  /** The present flood, else the last one. */
  readonly flood: FloodRecord;
  /** The current one first. */
  readonly webhook_secrets: readonly WebhookSecret[];
  /** When the webhook subscription is checked next (milliseconds since the epoch), and its callback address by then. */
  readonly subscription_due: { readonly at: number; readonly callbackUrl: string };
}

/** Settings that determine the due times of jobs. */
const DUE: ReadonlySet<keyof SettingValues> = new Set([
  "authorization_outage",
  "connection_due_at",
  "consent",
  "consent_check_at",
  "expiry",
  "flood",
  "rejected_tokens",
  "renewal_begun_at",
  "renewal_try_at",
  "sealed_tokens",
  "subscription_due",
]);

export class Settings {
  readonly #sql: Sql;
  readonly #dueSql: Sql;
  /** The values as stored; null: none is. Only this class writes their table. */
  readonly #cache = new Map<keyof SettingValues, unknown>();

  /** @param dueSql the same database, for settings that determine due times. */
  constructor(sql: Sql, dueSql: Sql) {
    this.#sql = sql;
    this.#dueSql = dueSql;
  }

  read<Name extends keyof SettingValues>(name: Name): SettingValues[Name] | null {
    if (this.#cache.has(name)) return this.#cache.get(name) as SettingValues[Name] | null;
    const row = this.#sql.exec<{ value: string }>("SELECT value FROM settings WHERE name = ?", name).toArray()[0];
    const value = row === undefined ? null : (JSON.parse(row.value) as SettingValues[Name]);
    this.#cache.set(name, value);
    return value;
  }

  remove(name: keyof SettingValues): void {
    this.#cache.delete(name);
    this.#sqlOf(name).exec("DELETE FROM settings WHERE name = ?", name);
  }

  write<Name extends keyof SettingValues>(name: Name, value: SettingValues[Name]): void {
    this.#cache.delete(name);
    const sql = "INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)";
    this.#sqlOf(name).exec(sql, name, JSON.stringify(value));
  }

  clearCache(): void {
    this.#cache.clear();
  }

  #sqlOf(name: keyof SettingValues): Sql {
    return DUE.has(name) ? this.#dueSql : this.#sql;
  }
}

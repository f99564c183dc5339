import type { AuthorizationOutageReason } from "@qonto-pay/core/api";
import type { Money } from "@qonto-pay/core/money";
import type { LearnedRounding } from "../pricing/learned-rounding.ts";
import type { RejectionRecord } from "../qonto/token-rejections.ts";
import type { Sql } from "./sql.ts";

/** How the merchant's consent stands. Times are milliseconds of the epoch. */
export interface Consent {
  readonly givenAt: number;
  /** When the refresh token was last replaced: it dies 90 days after. */
  readonly refreshedAt: number;
  /** When it is replaced although nobody used it, so that it does not die. */
  readonly renewAt: number;
  /** When Qonto was found to take it no more; null: it still does. */
  readonly lostAt: number | null;
  /** When the merchant was told to connect again because of it, so that they are told once. */
  readonly warnedAt: number | null;
}

/** The connection to the payment provider, as it was last read. */
export interface KnownConnection {
  /** Null before there was ever one. */
  readonly status: string | null;
  /** The organization has no payment links: they have to be switched on in Qonto's app before there can be one. */
  readonly isNotActivated?: true;
}

/** The methods for one amount. Times are milliseconds of the epoch. */
export interface MethodsForAmount {
  readonly amount: Money;
  /** Null: not read yet. */
  readonly enabled: readonly string[] | null;
  readonly refusedAt: number;
  /** When they were read; null: not since Qonto last refused the amount. */
  readonly readAt: number | null;
}

/** A secret that Qonto may sign with. Times are milliseconds of the epoch. */
export interface WebhookSecret {
  readonly sealed: string;
  readonly madeAt: number;
  /** When Qonto was first asked for a subscription with it; null: not yet. */
  readonly askedAt: number | null;
  /** When a delivery was first found to be signed with it; null: not yet. */
  readonly verifiedAt: number | null;
  /** Null for the present one, and for those before it while they have subscriptions. */
  readonly until: number | null;
  /** The subscriptions at Qonto that are signed with it. */
  readonly subscriptionIds: readonly string[];
}

/** No new access token can be had, for a reason that is the deployment's and not the merchant's. Times as above. */
export interface AuthorizationOutage {
  readonly reason: AuthorizationOutageReason;
  readonly since: number;
  /** When a token was last requested. */
  readonly triedAt: number;
  /** When one is requested again. */
  readonly retryAt: number;
  /** SHA-256 of the client's id and secret, in hex: another client may be accepted at once. */
  readonly client: string;
}

/** The organization that the merchant is. */
export interface KnownOrganization {
  readonly id: string;
  readonly name: string;
}

/** What a merchant has one of. What is called `sealed` is encrypted by the vault. */
interface SettingValues {
  readonly allowed_origins: readonly string[];
  /** SHA-256 of the request that made the merchant and of its `Idempotency-Key`, in hex. */
  readonly made_by: string;
  readonly organization: KnownOrganization;
  readonly rounding: LearnedRounding;
  /** Those that are enabled. */
  readonly payment_methods: readonly string[];
  /**
   * For amounts that Qonto has refused a link over: those that are enabled for them. Newest first, and those whose last
   * read failed at the end.
   */
  readonly payment_methods_by_amount: readonly MethodsForAmount[];
  readonly consent: Consent;
  readonly connection: KnownConnection;
  /** When connection and methods are read next, in milliseconds of the epoch. */
  readonly connection_due_at: number;
  /** When a refresh token was used whose successor is not stored yet, in milliseconds of the epoch. */
  readonly renewal_begun_at: number;
  /** When that is tried again, in milliseconds of the epoch. */
  readonly renewal_try_at: number;
  readonly rejected_tokens: RejectionRecord;
  /** When the consent is checked because a webhook says that it was revoked, in milliseconds of the epoch. */
  readonly consent_check_at: number;
  readonly authorization_outage: AuthorizationOutage;
  readonly sealed_tokens: string;
  /** Where the connection is finished, while it is not enabled. */
  readonly sealed_connection_location: string;
  /** The present one first. */
  readonly webhook_secrets: readonly WebhookSecret[];
  /** When (milliseconds of the epoch) the webhook subscription is looked after next, and where it sent to by then. */
  readonly subscription_due: { readonly at: number; readonly callbackUrl: string };
}

/** Those that the due times of jobs are read from. */
const DUE: ReadonlySet<keyof SettingValues> = new Set([
  "authorization_outage",
  "connection_due_at",
  "consent",
  "consent_check_at",
  "rejected_tokens",
  "renewal_begun_at",
  "renewal_try_at",
  "sealed_tokens",
  "subscription_due",
]);

export class Settings {
  readonly #sql: Sql;
  readonly #dueSql: Sql;

  /** @param dueSql the same database, for settings that due times are read from. */
  constructor(sql: Sql, dueSql: Sql) {
    this.#sql = sql;
    this.#dueSql = dueSql;
  }

  read<Name extends keyof SettingValues>(name: Name): SettingValues[Name] | null {
    const row = this.#sql.exec<{ value: string }>("SELECT value FROM settings WHERE name = ?", name).toArray()[0];
    return row === undefined ? null : (JSON.parse(row.value) as SettingValues[Name]);
  }

  remove(name: keyof SettingValues): void {
    this.#sqlOf(name).exec("DELETE FROM settings WHERE name = ?", name);
  }

  write<Name extends keyof SettingValues>(name: Name, value: SettingValues[Name]): void {
    const sql = "INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)";
    this.#sqlOf(name).exec(sql, name, JSON.stringify(value));
  }

  #sqlOf(name: keyof SettingValues): Sql {
    return DUE.has(name) ? this.#dueSql : this.#sql;
  }
}

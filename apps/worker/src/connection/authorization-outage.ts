import type { AuthorizationOutageReason } from "@qonto-pay/core/api";
import type { Config } from "../context/config.ts";
import { logAuthorizationOutage } from "../context/log.ts";
import type { OutageWatch } from "../qonto/access-token.ts";
import { QontoError } from "../qonto/qonto-error.ts";
import { digestOf } from "../crypto/digest.ts";
import type { AuthorizationOutage, Settings } from "../storage/settings.ts";

const MINUTE_MS = 60_000;

/**
 * How long the Worker waits before it requests a token again. Each answer of 401 counts against Qonto's limit, which
 * many merchants share. An unreadable answer does not count.
 */
const TRY_AGAIN_AFTER_MS: Readonly<Record<AuthorizationOutageReason, number>> = {
  invalid_client: 15 * MINUTE_MS,
  invalid_response: 5 * MINUTE_MS,
};

/** The shortest pause between two tries that are requested with a repair. */
const SHORTEST_PAUSE_MS = MINUTE_MS;

/** The parts of a merchant that record its outages. */
export interface OutageHost {
  readonly name: string;
  readonly config: Config;
  readonly settings: Settings;
  readonly record: (
    type: "authorization.suspended" | "authorization.resumed",
    reason: AuthorizationOutageReason,
  ) => void;
}

/**
 * Tracks an outage of Qonto's OAuth: it rejects this deployment's client, or another server answers in its place. No
 * merchant of the deployment gets a new access token then (observed: a client secret that Qonto replaced stopped one
 * shop's payments for 18 days; field notes of 2026-11-29, 10.5). Each merchant notices the outage with its own next
 * refresh. The Worker records one event when it begins and one when it ends, and logs one line for each try.
 */
export class AuthorizationOutages implements OutageWatch {
  readonly #host: OutageHost;
  #client: Promise<string> | null = null;

  constructor(host: OutageHost) {
    this.#host = host;
  }

  async requireWorthTrying(): Promise<void> {
    const known = this.#known();
    if (known === null || known.reason !== "invalid_client") return;
    if (known.client !== (await this.#clientDigest())) return;
    if (Date.now() >= known.retryAt) return;
    throw new QontoError(
      "misconfigured",
      "Qonto rejects this deployment's client: check QONTO_CLIENT_ID and QONTO_CLIENT_SECRET",
    );
  }

  async failed(fault: QontoError): Promise<void> {
    const reason = reasonOf(fault);
    if (reason === null) return;
    const client = await this.#clientDigest();
    const { name, settings, record } = this.#host;
    logAuthorizationOutage(name, reason, fault.message);
    const now = Date.now();
    const known = this.#known();
    const retryAt = now + TRY_AGAIN_AFTER_MS[reason];
    settings.write("authorization_outage", { reason, since: known?.since ?? now, triedAt: now, retryAt, client });
    if (known === null) record("authorization.suspended", reason);
  }

  retrySoon(): boolean {
    const known = this.#known();
    if (known === null) return false;
    const retryAt = Math.min(known.retryAt, Math.max(Date.now(), (known.triedAt ?? 0) + SHORTEST_PAUSE_MS));
    this.#host.settings.write("authorization_outage", { ...known, retryAt });
    return true;
  }

  ended(): void {
    const known = this.#known();
    if (known === null) return;
    this.#host.settings.remove("authorization_outage");
    this.#host.record("authorization.resumed", known.reason);
  }

  #known(): AuthorizationOutage | null {
    return this.#host.settings.read("authorization_outage");
  }

  /** Returns a digest that distinguishes the present client settings from others. */
  #clientDigest(): Promise<string> {
    const { clientId, clientSecret } = this.#host.config;
    this.#client ??= digestOf(JSON.stringify([clientId, clientSecret]));
    return this.#client;
  }
}

function reasonOf(fault: QontoError): AuthorizationOutageReason | null {
  if (fault.kind === "misconfigured") return "invalid_client";
  return fault.isForeign ? "invalid_response" : null;
}

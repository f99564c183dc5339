import type { MerchantEventType } from "@qonto-pay/core/api";
import type { Sql } from "./sql.ts";

/** The settings of an endpoint that a merchant chooses. */
export interface EndpointSettings {
  readonly url: string;
  /** Null: all types. */
  readonly eventTypes: readonly MerchantEventType[] | null;
  readonly description: string | null;
  readonly isEnabled: boolean;
  readonly disabledReason: "gone" | null;
}

/** A replaced secret, encrypted, and the time until which it also signs. */
export interface PreviousSecret {
  readonly sealed: string;
  readonly until: number;
}

/** The secrets of an endpoint, encrypted by the vault. */
export interface EndpointSecrets {
  readonly sealedSecret: string;
  /** In the order in which they were replaced. */
  readonly previousSecrets: readonly PreviousSecret[];
}

export interface StoredEndpoint extends EndpointSettings, EndpointSecrets {
  readonly id: string;
  readonly createdAt: number;
}

interface Row extends Record<string, SqlStorageValue> {
  id: string;
  url: string;
  event_types: string | null;
  description: string | null;
  enabled: number;
  disabled_reason: string | null;
  sealed_secret: string;
  previous_secrets: string;
  created_at: number;
}

/** The addresses at which a merchant's shops receive events. Times are milliseconds since the epoch. */
export class WebhookEndpoints {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Oldest first. */
  list(): readonly StoredEndpoint[] {
    return this.#sql.exec<Row>("SELECT * FROM webhook_endpoints ORDER BY number").toArray().map(endpointOf);
  }

  find(id: string): StoredEndpoint | null {
    const [row] = this.#sql.exec<Row>("SELECT * FROM webhook_endpoints WHERE id = ?", id);
    return row === undefined ? null : endpointOf(row);
  }

  add(id: string, settings: EndpointSettings, sealedSecret: string, now: number): void {
    this.#sql.exec(
      "INSERT INTO webhook_endpoints (id, url, sealed_secret, created_at) VALUES (?, ?, ?, ?)",
      id,
      settings.url,
      sealedSecret,
      now,
    );
    this.change(id, settings);
  }

  change(id: string, { url, eventTypes, description, isEnabled, disabledReason }: EndpointSettings): void {
    this.#sql.exec(
      `UPDATE webhook_endpoints SET url = ?, event_types = ?, description = ?, enabled = ?, disabled_reason = ?
       WHERE id = ?`,
      url,
      eventTypes === null ? null : JSON.stringify(eventTypes),
      description,
      isEnabled ? 1 : 0,
      disabledReason,
      id,
    );
  }

  /** Disables all enabled endpoints until the merchant enables them again. */
  disableAll(): void {
    this.#sql.exec("UPDATE webhook_endpoints SET enabled = 0, disabled_reason = NULL WHERE enabled = 1");
  }

  replaceSecrets(id: string, { sealedSecret, previousSecrets }: EndpointSecrets): void {
    this.#sql.exec(
      "UPDATE webhook_endpoints SET sealed_secret = ?, previous_secrets = ? WHERE id = ?",
      sealedSecret,
      JSON.stringify(previousSecrets),
      id,
    );
  }

  remove(id: string): void {
    this.#sql.exec("DELETE FROM webhook_endpoints WHERE id = ?", id);
  }
}

function endpointOf(row: Row): StoredEndpoint {
  return {
    id: row.id,
    url: row.url,
    eventTypes: row.event_types === null ? null : (JSON.parse(row.event_types) as MerchantEventType[]),
    description: row.description,
    isEnabled: row.enabled === 1,
    disabledReason: row.disabled_reason === "gone" ? "gone" : null,
    sealedSecret: row.sealed_secret,
    previousSecrets: JSON.parse(row.previous_secrets) as PreviousSecret[],
    createdAt: row.created_at,
  };
}

import type {
  ChangeMerchantRequest,
  ConnectLink,
  CreatedMerchant,
  CreateMerchantRequest,
  ExportRecord,
  MerchantAnswer,
  DiagnosticsReport,
  MerchantDisconnected,
  MerchantPage,
  MerchantsQuery,
  ReplaceKeysRequest,
  Restored,
  SecretKeyCreated,
} from "@qonto-pay/core/api";
import type { MutationOptions, WorkerCalls } from "../http-client.ts";

/** The records of one call. */
const MOST_RESTORED = 200;

/** A call ends with the record that exceeds it. The Worker takes 4 MiB. */
const MOST_BYTES = 2 * 1024 * 1024;

/**
 * `/v1/merchants`, authenticated with the admin key. A merchant is identified by its name. Calls for an unknown name
 * reject with `merchant_not_found`.
 */
export class Merchants {
  readonly #calls: WorkerCalls;

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /**
   * Creates a merchant and returns its keys.
   *
   * To get the `secret_key` again, repeat the same request with the same `idempotencyKey`: this works even after 24
   * hours, until the key is revoked or replaced. Each response has a new `connect_url`, valid for 7 days and for one
   * browser.
   *
   * Any other request for this name rejects with `merchant_exists`; with the same `idempotencyKey` within 24 hours, it
   * rejects with `idempotency_key_reused`. So if a response is lost and you gave no `idempotencyKey` of your own, use
   * `replaceKeys`.
   */
  create(body: CreateMerchantRequest, options?: MutationOptions): Promise<CreatedMerchant> {
    return this.#calls.change("POST", ["merchants"], body, options);
  }

  /** Lists the merchants by name. `after` is a name. */
  list(query?: MerchantsQuery): Promise<MerchantPage> {
    return this.#calls.read(["merchants"], query);
  }

  /** Runs a merchant's diagnostics. Takes up to 9 seconds. */
  diagnostics(merchant: string): Promise<DiagnosticsReport> {
    return this.#calls.read(["merchants", merchant, "diagnostics"]);
  }

  /** Replaces the allowed origins, whose pages may open checkouts, or changes how long ended checkouts are kept. */
  update(merchant: string, body: ChangeMerchantRequest, options?: MutationOptions): Promise<MerchantAnswer> {
    return this.#calls.change("PATCH", ["merchants", merchant], body, options);
  }

  /**
   * Creates a link with which the merchant connects Qonto: for the first time, again, or on another device. It is valid
   * for 7 days and for one browser. The same `idempotencyKey` returns the same link, which may have been used.
   */
  createConnectLink(merchant: string, options?: MutationOptions): Promise<ConnectLink> {
    return this.#calls.change("POST", ["merchants", merchant, "connect_link"], undefined, options);
  }

  /**
   * Revokes every secret key of the merchant at once, and returns a new one.
   *
   * Give an `idempotencyKey` of your own, in case the response is lost: for 24 hours, the same one returns the same
   * key. Without it, call again: the new call revokes the lost key.
   *
   * @param body `webhook_endpoints: "disable"` disables every endpoint until the merchant enables it.
   */
  replaceKeys(merchant: string, body: ReplaceKeysRequest = {}, options?: MutationOptions): Promise<SecretKeyCreated> {
    return this.#calls.change("POST", ["merchants", merchant, "replace_keys"], body, options);
  }

  /**
   * Adds the records of an export of another deployment, from its first one on, in calls of up to 200 records each.
   * Existing records stay, so the restoration can be repeated. Create the merchant first, under the same name and
   * without products, and connect it to Qonto afterwards. Rejects with `export_mismatch` for the export of another
   * merchant, and with `merchant_not_empty`.
   *
   * @returns the sums of all calls.
   */
  async restore(merchant: string, records: AsyncIterable<ExportRecord> | Iterable<ExportRecord>): Promise<Restored> {
    let [restored, skipped] = [0, 0];
    // Each call begins with the first record, which names the merchant.
    let first: readonly ExportRecord[] = [];
    let batch: ExportRecord[] = [];
    let bytes = 0;
    const send = async (): Promise<void> => {
      const path = ["merchants", merchant, "restore"];
      const sums = await this.#calls.change<Restored>("POST", path, { records: [...first, ...batch] });
      restored += sums.restored;
      skipped += sums.skipped;
      batch = [];
      bytes = 0;
    };
    for await (const record of records) {
      if (first.length === 0) first = [record];
      else batch.push(record);
      bytes += new TextEncoder().encode(JSON.stringify(record)).byteLength;
      if (1 + batch.length === MOST_RESTORED || bytes > MOST_BYTES) await send();
    }
    if (batch.length > 0 || (first.length > 0 && restored + skipped === 0)) await send();
    return { restored, skipped };
  }

  /**
   * Ends the merchant's consent here, regardless of Qonto's answer; `consent_revoked` shows whether it ended at Qonto
   * as well. Checkouts, products and keys stay. Idempotent.
   */
  disconnect(merchant: string, options?: MutationOptions): Promise<MerchantDisconnected> {
    return this.#calls.change("POST", ["merchants", merchant, "disconnect"], undefined, options);
  }
}

import type { Sql } from "./sql.ts";

/** Rows that are searched at a time. Other calls of the merchant run in between. */
const SEARCHED = 1_000;

/**
 * How a checkout is erased.
 *
 * - `open`: it can still be paid, is being paid, or has a link that must be deactivated. It stays as it is.
 * - `kept`: it has a payment, or may still get a late one. It loses its personal data.
 * - `deleted`: it has no payment, and none can arrive.
 */
export type Fate = "open" | "kept" | "deleted";

/** A checkout to erase. */
export interface ErasedCheckout {
  readonly id: string;
  readonly fate: Fate;
}

/** Whose events are searched. */
export interface EventSearch {
  readonly checkouts: readonly string[];
  /** The email address of a payer; null: only the checkouts count. */
  readonly payer: string | null;
}

/** What a search for a person has found. */
export interface FoundPerson {
  /** Checkouts that belong to the person alone. */
  readonly checkouts: readonly string[];
  /** Payments of the person for a checkout that any number of people may pay. */
  readonly payments: readonly string[];
  /** Where the search continues; null: it has ended. */
  readonly next: string | null;
}

/** An event with personal data. */
export interface FoundEvent {
  readonly number: number;
  readonly data: string;
  readonly checkoutId: string | null;
}

interface FoundEvents {
  readonly events: readonly FoundEvent[];
  readonly next: number | null;
}

/** The part of a link that is a record of money. */
const LINK_WITHOUT_PERSON = `json_object('id', payment_link ->> '$.id', 'status', payment_link ->> '$.status',
  'expiration_date', payment_link ->> '$.expiration_date',
  'potential_payment_methods', json(coalesce(payment_link -> '$.potential_payment_methods', '[]')),
  'amount', json(payment_link -> '$.amount'), 'resource_type', payment_link ->> '$.resource_type',
  'reusable', json(coalesce(payment_link -> '$.reusable', 'false')), 'created_at', payment_link ->> '$.created_at',
  'url', payment_link ->> '$.url', 'invoice_id', payment_link ->> '$.invoice_id',
  'invoice_number', payment_link ->> '$.invoice_number')`;

/** A checkout with personal data: it was not erased, or has a payment that arrived later. */
const IS_PERSONAL = `(erased_at IS NULL
  OR EXISTS (SELECT 1 FROM payments WHERE checkout_id = checkouts.id AND recorded_at > checkouts.erased_at))`;

/** The part of a payment that is a record of money. */
const PAYMENT_WITHOUT_PERSON = `json_object('id', body ->> '$.id', 'amount', json(body -> '$.amount'),
  'status', body ->> '$.status', 'created_at', body ->> '$.created_at',
  'payment_method', body ->> '$.payment_method', 'paid_at', body ->> '$.paid_at')`;

/** Finds the data of a person, and removes them. Times are milliseconds of the epoch. */
export class Erasure {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Returns checkouts with a reference, or opened with it, that have personal data. */
  checkoutsOfReference(reference: string, limit: number): readonly string[] {
    return this.#sql
      .exec<{ id: string }>(
        `SELECT id FROM checkouts WHERE reference = ? AND ${IS_PERSONAL}
         UNION ALL SELECT id FROM checkouts WHERE opening_reference = ? AND opened_by <> 'button' AND ${IS_PERSONAL}
         LIMIT ?`,
        reference,
        reference,
        limit,
      )
      .toArray()
      .map(({ id }) => id);
  }

  /** Searches payments for a payer's email address or name. @param after where the search continues. */
  paymentsWith(payer: string, after: string): FoundPerson {
    const rows = this.#sql
      .exec<{ id: string; checkoutId: string; matches: number }>(
        `SELECT id, checkout_id AS checkoutId, lower(?) IN
           (lower(coalesce(body ->> '$.debitor_email', '')), lower(coalesce(body ->> '$.debitor_name', ''))) AS matches
         FROM payments WHERE id > ? ORDER BY id LIMIT ${SEARCHED}`,
        payer,
        after,
      )
      .toArray();
    const found = rows.filter(({ matches }) => matches === 1);
    const shared = new Set(found.filter(({ checkoutId }) => this.#isReusable(checkoutId)).map(({ id }) => id));
    return {
      checkouts: found.filter(({ id }) => !shared.has(id)).map(({ checkoutId }) => checkoutId),
      payments: [...shared],
      next: rows.length === SEARCHED ? (rows.at(-1)?.id ?? null) : null,
    };
  }

  /** Searches checkouts for a text that is a value of their metadata, their debtor or their reference. */
  checkoutsWith(text: string, after: string): FoundPerson {
    const rows = this.#sql
      .exec<{ id: string; matches: number }>(
        `SELECT id, ${IS_PERSONAL} AND (reference IS ?1 OR opening_reference IS ?1
           OR EXISTS (SELECT 1 FROM json_each(metadata) WHERE lower(value) = lower(?1))
           OR lower(payment_link ->> '$.debitor_name') IS lower(?1) OR instr(intent, ?2) > 0) AS matches
         FROM checkouts WHERE id > ?3 ORDER BY id LIMIT ${SEARCHED}`,
        text,
        // An invoice whose link was not created. The request is canonical JSON.
        `"debitor_name":${JSON.stringify(text)}`,
        after,
      )
      .toArray();
    return {
      checkouts: rows.filter(({ matches }) => matches === 1).map(({ id }) => id),
      payments: [],
      next: rows.length === SEARCHED ? (rows.at(-1)?.id ?? null) : null,
    };
  }

  #isReusable(checkoutId: string): boolean {
    const sql = "SELECT 1 FROM checkouts WHERE id = ? AND reusable = 1";
    return this.#sql.exec(sql, checkoutId).toArray().length > 0;
  }

  /** Returns which of these checkouts have personal data, and how each is erased. @param lateSince as `LATE_PAYMENT_MS`. */
  describe(ids: readonly string[], lateSince: number): readonly ErasedCheckout[] {
    return this.#sql
      .exec<{ id: string; fate: Fate }>(
        `SELECT id, CASE
             WHEN status IN ('open', 'processing')
               OR EXISTS (SELECT 1 FROM unclaimed_links WHERE checkout_id = checkouts.id) THEN 'open'
             WHEN status = 'paid' OR EXISTS (SELECT 1 FROM payments WHERE checkout_id = checkouts.id)
               OR (link_id IS NOT NULL AND coalesce(ended_at, created_at) > ?) THEN 'kept'
             ELSE 'deleted' END AS fate
         FROM checkouts WHERE id IN (SELECT value FROM json_each(?)) AND ${IS_PERSONAL}`,
        lateSince,
        JSON.stringify(ids),
      )
      .toArray();
  }

  /** Removes everything from checkouts but the records of money. */
  pseudonymize(ids: readonly string[], now: number): void {
    const json = JSON.stringify(ids);
    this.#sql.exec(
      `DELETE FROM checkout_metadata WHERE (name, value, status, opened_by, opened_at, checkout_id) IN (
         SELECT entry.key, entry.value, checkouts.status, checkouts.opened_by, checkouts.created_at, checkouts.id
         FROM checkouts, json_each(checkouts.metadata) AS entry
         WHERE checkouts.id IN (SELECT value FROM json_each(?)))`,
      json,
    );
    this.#sql.exec(
      `UPDATE checkouts SET metadata = '{}', intent = 'erased', success_url = NULL, cancel_url = NULL, locale = NULL,
         payment_link = iif(payment_link IS NULL, NULL, ${LINK_WITHOUT_PERSON}),
         erased_at = max(?, coalesce((SELECT max(recorded_at) FROM payments WHERE checkout_id = checkouts.id), 0))
       WHERE id IN (SELECT value FROM json_each(?))`,
      now,
      json,
    );
    this.#sql.exec(
      `UPDATE payments SET body = ${PAYMENT_WITHOUT_PERSON}
       WHERE checkout_id IN (SELECT value FROM json_each(?))`,
      json,
    );
  }

  /** The same for single payments. */
  pseudonymizePayments(ids: readonly string[]): void {
    const sql = `UPDATE payments SET body = ${PAYMENT_WITHOUT_PERSON} WHERE id IN (SELECT value FROM json_each(?))`;
    this.#sql.exec(sql, JSON.stringify(ids));
  }

  /** Returns events of checkouts or a payer, from a number on, and where the next ones begin; null: there are no others. */
  eventsOf({ checkouts, payer }: EventSearch, from: number): FoundEvents {
    const [first] = this.#sql.exec<{ number: number }>(
      "SELECT number FROM events WHERE number >= ? ORDER BY number LIMIT 1",
      from,
    );
    if (first === undefined) return { events: [], next: null };
    const next = first.number + SEARCHED;
    const events = this.#sql
      .exec<FoundEvent & Record<string, SqlStorageValue>>(
        `SELECT number, data, checkout_id AS checkoutId FROM events
         WHERE number >= ? AND number < ? AND (checkout_id IN (SELECT value FROM json_each(?))
           OR lower(data ->> '$.payment.debitor_email') = lower(?))`,
        first.number,
        next,
        JSON.stringify(checkouts),
        payer,
      )
      .toArray();
    return { events, next };
  }

  replaceEvent(number: number, data: string): void {
    this.#sql.exec("UPDATE events SET data = ? WHERE number = ?", data, number);
  }

  /** Returns stored answers to calls of the merchant's server, after a key. */
  answersAfter(key: string, limit: number): readonly { readonly key: string; readonly sealedAnswer: string }[] {
    return this.#sql
      .exec<{ key: string; sealedAnswer: string }>(
        `SELECT key, sealed_answer AS sealedAnswer FROM idempotency_keys
         WHERE key > ? AND sealed_answer IS NOT NULL ORDER BY key LIMIT ?`,
        key,
        limit,
      )
      .toArray();
  }
}

import type { CheckoutStatus } from "@qonto-pay/core/api";
import type { Money } from "@qonto-pay/core/money";
import type { BasketItem } from "@qonto-pay/core/qonto";

/** The payment link that a checkout owns. */
export interface OwnedLink {
  readonly id: string;
  readonly url: string;
  /** ISO 8601. */
  readonly expiresAt: string;
  /** The lines as they were sent to Qonto, before the checkout's id was added to the first. */
  readonly items: readonly BasketItem[];
}

export interface Checkout {
  readonly id: string;
  /** What was asked for, in one canonical text: the same attempt must ask for the same. */
  readonly intent: string;
  readonly reference: string | null;
  readonly status: CheckoutStatus;
  readonly amount: Money;
  /** Null until Qonto has answered with a link. */
  readonly link: OwnedLink | null;
}

export interface NewCheckout {
  readonly id: string;
  readonly attemptId: string | null;
  readonly intent: string;
  readonly reference: string | null;
  readonly amount: Money;
}

interface Row extends Record<string, SqlStorageValue> {
  id: string;
  intent: string;
  reference: string | null;
  status: string;
  amount: string;
  currency: string;
  link_id: string | null;
  items: string | null;
  pay_url: string | null;
  expires_at: string | null;
}

const COLUMNS = "id, intent, reference, status, amount, currency, link_id, items, pay_url, expires_at";

/** The merchant's checkouts. Times are milliseconds of the epoch. */
export class Checkouts {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  find(id: string): Checkout | null {
    return this.#findBy("id", id);
  }

  findByAttempt(attemptId: string): Checkout | null {
    return this.#findBy("attempt_id", attemptId);
  }

  findByLink(linkId: string): Checkout | null {
    return this.#findBy("link_id", linkId);
  }

  add(checkout: NewCheckout, now: number): void {
    this.#sql.exec(
      `INSERT INTO checkouts (id, attempt_id, intent, reference, status, amount, currency, created_at, updated_at)
       VALUES (?, ?, ?, ?, 'open', ?, ?, ?, ?)`,
      checkout.id,
      checkout.attemptId,
      checkout.intent,
      checkout.reference,
      checkout.amount.value,
      checkout.amount.currency,
      now,
      now,
    );
  }

  /** Gives a checkout that has no link yet the price of now. */
  reprice(id: string, amount: Money, now: number): void {
    this.#sql.exec(
      "UPDATE checkouts SET amount = ?, currency = ?, updated_at = ? WHERE id = ? AND link_id IS NULL",
      amount.value,
      amount.currency,
      now,
      id,
    );
  }

  recordLink(id: string, link: OwnedLink, now: number): void {
    this.#sql.exec(
      "UPDATE checkouts SET link_id = ?, items = ?, pay_url = ?, expires_at = ?, updated_at = ? WHERE id = ?",
      link.id,
      JSON.stringify(link.items),
      link.url,
      link.expiresAt,
      now,
      id,
    );
  }

  recordStatus(id: string, status: CheckoutStatus, now: number): void {
    this.#sql.exec("UPDATE checkouts SET status = ?, updated_at = ? WHERE id = ?", status, now, id);
  }

  #findBy(column: "id" | "attempt_id" | "link_id", value: string): Checkout | null {
    const row = this.#sql.exec<Row>(`SELECT ${COLUMNS} FROM checkouts WHERE ${column} = ?`, value).toArray()[0];
    return row === undefined ? null : checkoutOf(row);
  }
}

function checkoutOf(row: Row): Checkout {
  const { link_id, items, pay_url, expires_at } = row;
  const hasLink = link_id !== null && items !== null && pay_url !== null && expires_at !== null;
  return {
    id: row.id,
    intent: row.intent,
    reference: row.reference,
    status: row.status as CheckoutStatus,
    amount: { value: row.amount, currency: row.currency },
    link: hasLink
      ? { id: link_id, url: pay_url, expiresAt: expires_at, items: JSON.parse(items) as readonly BasketItem[] }
      : null,
  };
}

import type { Environment } from "../merchant/keys.ts";
import type { Retention } from "../merchant/merchant.ts";

/** The kinds of records of an export, in its order. `end` is the last line of a complete export. */
export const EXPORT_TYPES = [
  "settings",
  "product",
  "checkout",
  "payment",
  "payment_list",
  "shared_checkout",
  "link_reservation",
  "unmatched_payment",
  "event",
  "end",
] as const;
export type ExportType = (typeof EXPORT_TYPES)[number];

/** One line of an export. */
export interface ExportRecord {
  /** The `after` with which an export continues after this line. */
  readonly cursor: string;
  readonly type: ExportType;
  /** The stored fields. `docs/architecture/storage.md` in the repository describes them. Times are milliseconds. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** The data of the first line of an export, with the type `settings`. */
export interface ExportSettings {
  readonly merchant: string;
  readonly environment: Environment;
  /** When the export began, in milliseconds since the epoch. */
  readonly exported_at: number;
  /** Null: the merchant never connected Qonto. */
  readonly organization: { readonly id: string; readonly name: string } | null;
  readonly allowed_origins: readonly string[];
  readonly retention: Retention;
}

/** The query of `GET /v1/export`. */
export interface ExportQuery {
  /** The `cursor` of the last line that was received completely. */
  readonly after?: string | undefined;
}

/** Request body of `POST /v1/merchants/{merchant}/restore`. */
export interface RestoreRequest {
  /** The first line of the export, and up to 199 others, in any order. */
  readonly records: readonly ExportRecord[];
}

/** Response of `POST /v1/merchants/{merchant}/restore`. */
export interface Restored {
  /** How many records were added. */
  readonly restored: number;
  /** How many existed already. */
  readonly skipped: number;
}

/** Request body of `POST /v1/erase`: either a reference or a payer. */
export interface EraseRequest {
  /** The `reference` of the person's orders. */
  readonly reference?: string | undefined;
  /** The payer's email address, an invoice's debtor, a value of metadata or a reference, as a whole. */
  readonly payer?: string | undefined;
}

/** Response of `POST /v1/erase`. */
export interface Erased {
  /** How many checkouts were deleted. */
  readonly deleted: number;
  /**
   * How many checkouts lost all personal data: those with a payment, and those that ended less than 30 days ago, which may
   * still get one.
   */
  readonly pseudonymized: number;
  /** Ids of checkouts that can still be paid, or are being paid. They are unchanged: cancel them first. */
  readonly open: readonly string[];
  /** Whether more checkouts were found than one call erases. Repeat the call, with another `Idempotency-Key`. */
  readonly has_more: boolean;
}

import type { ExportQuery, ExportRecord, ExportSettings } from "@qonto-pay/core/api";
import { unknownAfter } from "../context/list-page.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { ApiError } from "../errors/api-error.ts";
import type { ExportCursor } from "../storage/exported-tables.ts";
import { DEFAULT_RETENTION } from "../storage/settings.ts";

/** What one call reads. Other calls of the merchant run in between. A checkout has up to 600,000 characters. */
const PORTION = { records: 500, characters: 1_000_000 } as const;

/** A part of an export. */
export interface ExportPart {
  readonly records: readonly ExportRecord[];
}

/**
 * Returns the next records of an export. The first one of all is `settings`, the last one is `end`. Keys, tokens and
 * webhook endpoints, which have secrets, are not exported.
 *
 * @throws ApiError `invalid_request` for an unknown `after`.
 */
export function exportRecords(merchant: MerchantContext, { after }: ExportQuery): ExportPart {
  if (after === undefined) return { records: [settingsOf(merchant, Date.now())] };
  const cursor = cursorOf(after);
  const end: ExportRecord = { cursor: `end:${cursor.startedAt}:`, type: "end", data: {} };
  if (cursor.name === "end") return { records: [end] };
  const from = cursor.name === "settings" ? null : cursor;
  const part = merchant.exportedTables.recordsAfter(from, cursor.startedAt, PORTION);
  if (part === null) throw unknownCursor();
  return { records: part.isComplete ? [...part.records, end] : part.records };
}

function cursorOf(after: string): ExportCursor {
  const [, name, startedAt, key] = /^([a-z_]+):(\d{1,15}):(.*)$/.exec(after) ?? [];
  if (name === undefined || startedAt === undefined || key === undefined) throw unknownCursor();
  return { name, startedAt: Number(startedAt), key };
}

function unknownCursor(): ApiError {
  return unknownAfter("No line of an export has this cursor.");
}

function settingsOf({ name, config, settings }: MerchantContext, startedAt: number): ExportRecord {
  const { unpaidDays, paymentsDays } = settings.read("retention") ?? DEFAULT_RETENTION;
  const data: ExportSettings = {
    merchant: name,
    environment: config.environment,
    exported_at: startedAt,
    organization: settings.read("organization"),
    allowed_origins: settings.read("allowed_origins") ?? [],
    retention: { unpaid_days: unpaidDays, payments_days: paymentsDays },
  };
  return { cursor: `settings:${startedAt}:`, type: "settings", data: { ...data } };
}

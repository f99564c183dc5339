import type { ExportRecord, ExportSettings, RestoreRequest, Restored } from "@qonto-pay/core/api";
import { exportSettingsSchema } from "@qonto-pay/core/api.schema";
import type { MerchantContext } from "../context/merchant-context.ts";
import { ApiError } from "../errors/api-error.ts";
import { requireStorage } from "./require-storage.ts";

/**
 * Adds the records of an export to a merchant without products and checkouts. Existing records stay. Events are not sent
 * to webhook endpoints. Idempotent.
 *
 * @throws ApiError `export_mismatch` for the export of another merchant; `merchant_not_empty`; `storage_full`;
 *   `invalid_request` for a record that is not one of an export.
 */
export function restoreRecords(merchant: MerchantContext, { records }: RestoreRequest): Restored {
  const [first, ...others] = records;
  const settings = settingsOf(first);
  requireSameMerchant(merchant, settings);
  requireStorage(merchant);
  const now = Date.now();
  const stored = new Set(others.filter(({ type }) => type !== "settings" && type !== "end"));
  let restored = 0;
  merchant.transaction(() => {
    begin(merchant, settings);
    for (const [index, record] of records.entries()) {
      if (stored.has(record) && add(merchant, record, index, now)) restored += 1;
    }
    // The products were added without their class.
    merchant.clearCaches();
    const expiry = merchant.settings.read("expiry");
    // Restored checkouts may have ended before those that were examined.
    if (expiry !== null) merchant.settings.write("expiry", { ...expiry, unpaid: [0, ""], paid: [0, ""] });
  });
  return { restored, skipped: stored.size - restored };
}

function settingsOf(first: ExportRecord | undefined): ExportSettings {
  const parsed = exportSettingsSchema.safeParse(first?.data);
  if (first?.type === "settings" && parsed.success) return parsed.data;
  const message = "The first record must be the first line of the export, with the type `settings`.";
  throw new ApiError("invalid_request", { param: "records[0]", message });
}

/** The name and the environment are part of the keys in the merchant's pages, so they can't change. */
function requireSameMerchant({ name, config, settings }: MerchantContext, exported: ExportSettings): void {
  const organization = settings.read("organization");
  const isOfOther =
    organization !== null && exported.organization !== null && organization.id !== exported.organization.id;
  if (exported.merchant === name && exported.environment === config.environment && !isOfOther) return;
  const of = `merchant ${exported.merchant} (${exported.environment}) of ${exported.organization?.name ?? "no organization"}`;
  const message = `This is an export of ${of}. Restore it into a merchant of the same name, environment and organization.`;
  throw new ApiError("export_mismatch", { message });
}

/** Stores which export is restored, and the settings that the merchant has not set yet. */
function begin({ settings, exportedTables }: MerchantContext, exported: ExportSettings): void {
  const known = settings.read("restored_export");
  if (known === exported.exported_at) return;
  if (known !== null || !exportedTables.isEmpty()) throw new ApiError("merchant_not_empty");
  settings.write("restored_export", exported.exported_at);
  const { organization, retention } = exported;
  if (organization !== null && settings.read("organization") === null) settings.write("organization", organization);
  if (settings.read("retention") !== null) return;
  settings.write("retention", { unpaidDays: retention.unpaid_days, paymentsDays: retention.payments_days });
}

function add({ exportedTables }: MerchantContext, record: ExportRecord, index: number, now: number): boolean {
  let added: boolean | null = null;
  try {
    added = exportedTables.restore(record, now);
  } catch {
    // SQLite rejects a row without a required value. Its message could quote the row.
  }
  if (added !== null) return added;
  const message = `The record ${index} is not a ${record.type} of an export by this version.`;
  throw new ApiError("invalid_request", { param: `records[${index}]`, message });
}

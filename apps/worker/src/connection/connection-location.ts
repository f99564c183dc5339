import type { PaymentLinkConnection } from "@qonto-pay/core/qonto";
import type { MerchantContext } from "../context/merchant-context.ts";

/** The name of the encrypted field. */
const LOCATION_FIELD = "connection_location";

/**
 * Encrypts where a connection is finished: a person with this address may be able to finish in the merchant's name.
 *
 * @returns null if Qonto did not answer it.
 */
export async function encryptLocation(
  { vault }: MerchantContext,
  connection: PaymentLinkConnection | null,
): Promise<string | null> {
  const location = connection?.connection_location ?? null;
  return location === null ? null : vault.encrypt(LOCATION_FIELD, location);
}

/**
 * Stores where a connection is finished, for as long as it is not enabled: Qonto may answer it once, when the connection is
 * made, and a status alone later (an integrator's mock has that; field notes of 2026-11-29, 8.4). Call synchronously with
 * the write of the connection.
 *
 * @param connection null if it was removed.
 * @param sealed as `encryptLocation` returned it.
 */
export function storeLocation(
  { settings }: MerchantContext,
  connection: PaymentLinkConnection | null,
  sealed: string | null,
): void {
  if (connection === null || connection.status === "enabled") settings.remove("sealed_connection_location");
  else if (sealed !== null) settings.write("sealed_connection_location", sealed);
}

/** Returns a connection with the stored location, if Qonto returned none. */
export async function withKnownLocation(
  merchant: MerchantContext,
  connection: PaymentLinkConnection,
): Promise<PaymentLinkConnection> {
  if (connection.connection_location != null || connection.status === "enabled") return connection;
  const location = await knownLocation(merchant);
  return location === null ? connection : { ...connection, connection_location: location };
}

/** Returns the location that Qonto last returned; null: not known. */
async function knownLocation({ settings, vault }: MerchantContext): Promise<string | null> {
  const sealed = settings.read("sealed_connection_location");
  if (sealed === null) return null;
  try {
    return await vault.decrypt(LOCATION_FIELD, sealed);
  } catch {
    // The location was encrypted with a key that was removed.
    return null;
  }
}

/** Encrypts the location with the present key. A location that can no longer be decrypted is dropped. */
export async function reencryptLocation(merchant: MerchantContext): Promise<void> {
  const { settings, vault } = merchant;
  const sealed = settings.read("sealed_connection_location");
  if (sealed === null || (await vault.isCurrent(sealed))) return;
  const location = await knownLocation(merchant);
  const reencrypted = location === null ? null : await vault.encrypt(LOCATION_FIELD, location);
  // Another answer may have been stored meanwhile.
  if (settings.read("sealed_connection_location") !== sealed) return;
  if (reencrypted === null) settings.remove("sealed_connection_location");
  else settings.write("sealed_connection_location", reencrypted);
}

import type { PaymentLinkConnection } from "@qonto-pay/core/qonto";
import type { MerchantContext } from "../context/merchant-context.ts";

/** What is encrypted. */
const LOCATION_FIELD = "connection_location";

/**
 * Keeps where a connection is finished, for as long as it is not enabled: Qonto may answer it once, when the connection is
 * made, and a status alone later (an integrator's mock has that; field notes of 2026-11-29, 8.4). Encrypted, since whoever
 * has the address may be able to finish in the merchant's name.
 *
 * @param connection null: there is none any more.
 */
export async function keepLocation(
  { settings, vault }: MerchantContext,
  connection: PaymentLinkConnection | null,
): Promise<void> {
  const location = connection?.connection_location ?? null;
  if (connection === null || connection.status === "enabled") settings.remove("sealed_connection_location");
  else if (location !== null) {
    settings.write("sealed_connection_location", await vault.encrypt(LOCATION_FIELD, location));
  }
}

/** Returns a connection with the location that was kept, where Qonto answers none. */
export async function withKnownLocation(
  merchant: MerchantContext,
  connection: PaymentLinkConnection,
): Promise<PaymentLinkConnection> {
  if (connection.connection_location != null || connection.status === "enabled") return connection;
  const location = await knownLocation(merchant);
  return location === null ? connection : { ...connection, connection_location: location };
}

/** Where the connection is finished, as Qonto last answered it; null: not known. */
async function knownLocation({ settings, vault }: MerchantContext): Promise<string | null> {
  const sealed = settings.read("sealed_connection_location");
  if (sealed === null) return null;
  try {
    return await vault.decrypt(LOCATION_FIELD, sealed);
  } catch {
    // Encrypted with a key that is gone.
    return null;
  }
}

/** Encrypts the location with the present key. One that can't be decrypted any more is dropped. */
export async function reencryptLocation(merchant: MerchantContext): Promise<void> {
  const { settings, vault } = merchant;
  const sealed = settings.read("sealed_connection_location");
  if (sealed === null || (await vault.isCurrent(sealed))) return;
  const location = await knownLocation(merchant);
  const reencrypted = location === null ? null : await vault.encrypt(LOCATION_FIELD, location);
  // Another answer may have come meanwhile.
  if (settings.read("sealed_connection_location") !== sealed) return;
  if (reencrypted === null) settings.remove("sealed_connection_location");
  else settings.write("sealed_connection_location", reencrypted);
}

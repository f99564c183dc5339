import type { Merchant } from "../merchant/merchant.ts";
import { randomSecret } from "../security/random-secret.ts";
import type { WebhookSecret } from "../storage/settings.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** A secret that is known for so long may be known to too many. */
const ROTATE_AFTER_MS = 90 * DAY_MS;

/** Qonto repeats a delivery for a few days, signed as it was at first. */
const KEEP_REPLACED_MS = 4 * DAY_MS;

/** What is under seal in `webhook_secrets`. */
export const SECRET_FIELD = "webhook_secret";

/**
 * The secret that Qonto is to sign with: the one that is kept, unless it is too old, or sealed with a key that was
 * replaced. A new one is stored before Qonto learns it, so that a delivery which overtakes Qonto's answer is taken; the
 * ones before it stay good until Qonto is known to have taken it over.
 */
export async function presentSecret(merchant: Merchant): Promise<string> {
  const [present] = known(merchant);
  if (present !== undefined && (await isGood(merchant, present)))
    return merchant.vault.open(SECRET_FIELD, present.sealed);
  const secret = randomSecret();
  const sealed = await merchant.vault.seal(SECRET_FIELD, secret);
  merchant.settings.write("webhook_secrets", [{ sealed, madeAt: Date.now(), until: null }, ...known(merchant)]);
  const subscription = merchant.settings.read("webhook_subscription");
  if (subscription !== null) merchant.settings.write("webhook_subscription", { ...subscription, isConfirmed: false });
  return secret;
}

/** Qonto has taken the present secret over: those before it are good for what it still delivers, and no longer. */
export function confirmSecret(merchant: Merchant): void {
  const now = Date.now();
  const [present, ...before] = known(merchant);
  if (present === undefined) return;
  const stillGood = before
    .map((secret) => ({ ...secret, until: secret.until ?? now + KEEP_REPLACED_MS }))
    .filter(({ until }) => until > now);
  merchant.settings.write("webhook_secrets", [present, ...stillGood]);
}

function known(merchant: Merchant): readonly WebhookSecret[] {
  return merchant.settings.read("webhook_secrets") ?? [];
}

async function isGood({ vault }: Merchant, { sealed, madeAt }: WebhookSecret): Promise<boolean> {
  return Date.now() < madeAt + ROTATE_AFTER_MS && (await vault.isCurrent(sealed));
}

import type { BankAccount, PaymentLinkConnection } from "@qonto-pay/core/qonto";
import { ApiError } from "../errors/api-error.ts";
import type { Connecting, ConsentStep } from "./onboarding.ts";
import { withKnownLocation } from "./connection-location.ts";
import { authorizationProblemOf } from "./authorization-state.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { QontoError } from "../qonto/qonto-error.ts";
import { isUrlAllowed } from "../http/allowed-url.ts";
import { type FoundConnection, readConnection } from "./refresh-connection.ts";

/**
 * Returns the merchant's next step, regardless of steps that were abandoned or denied before. It is derived from
 * Qonto's present answers or, if Qonto is not reachable, from the last stored ones.
 *
 * @throws ApiError `provider_url_not_allowed`.
 */
export async function onboardingStep(merchant: MerchantContext): Promise<Connecting> {
  const due = consentStep(merchant);
  if (due !== null) return due;
  try {
    return await stepOf(merchant, await readConnection(merchant));
  } catch (fault) {
    if (!(fault instanceof QontoError)) throw fault;
    // The failed call may have shown that the consent has ended.
    return consentStep(merchant) ?? (await lastKnownStep(merchant));
  }
}

/** Returns null if the merchant's consent is valid and not about to expire. */
export function consentStep({ settings }: MerchantContext): ConsentStep | null {
  const problem = authorizationProblemOf(settings, Date.now());
  if (problem === null && settings.read("sealed_tokens") !== null) return null;
  return { step: "consent", problem, organization: settings.read("organization")?.name ?? null };
}

/**
 * Returns the address where a connection is finished; null: Qonto returned none.
 *
 * @throws ApiError `provider_url_not_allowed`. The merchant is never sent to a host that is not allowed.
 */
export function providerUrlOf(
  { config }: MerchantContext,
  { connection_location }: PaymentLinkConnection,
): string | null {
  if (connection_location == null) return null;
  if (isUrlAllowed(connection_location, config.providerHosts)) return connection_location;
  throw new ApiError("provider_url_not_allowed", {
    reason: "the connection_location is not https, or its host is not one of QONTO_PROVIDER_HOSTS",
  });
}

/** Returns the bank accounts to choose from, the main one first; null: Qonto is not reachable. */
export async function findBankAccounts(merchant: MerchantContext): Promise<readonly BankAccount[] | null> {
  try {
    const { bank_accounts } = await merchant.qonto.getOrganization();
    return bank_accounts
      .map(({ id, iban, main, name }) => ({ id, iban, main, name }))
      .toSorted((a, b) => Number(b.main ?? false) - Number(a.main ?? false));
  } catch (fault) {
    if (!(fault instanceof QontoError)) throw fault;
    return null;
  }
}

async function stepOf(merchant: MerchantContext, connection: FoundConnection): Promise<Connecting> {
  const organization = merchant.settings.read("organization")?.name ?? null;
  if (connection === "not_activated") return { step: "activation", organization };
  if (connection === "none") return { step: "business", organization, bankAccounts: await findBankAccounts(merchant) };
  const { status, bank_account_id } = connection;
  if (status !== "enabled") {
    return { step: "provider", organization, status, location: providerUrlOf(merchant, connection), isOld: false };
  }
  const accounts = await findBankAccounts(merchant);
  return {
    step: "connected",
    organization,
    bankAccount: accounts?.find(({ id }) => id === bank_account_id) ?? null,
    paymentMethods: merchant.settings.read("payment_methods") ?? [],
    isOld: false,
  };
}

async function lastKnownStep(merchant: MerchantContext): Promise<Connecting> {
  const { settings } = merchant;
  const organization = settings.read("organization")?.name ?? null;
  const { status = null, isNotActivated } = settings.read("connection") ?? {};
  if (isNotActivated) return { step: "activation", organization };
  if (status === null) return { step: "business", organization, bankAccounts: null };
  if (status !== "enabled") {
    const location = providerUrlOf(merchant, await withKnownLocation(merchant, { status }));
    return { step: "provider", organization, status, location, isOld: true };
  }
  const paymentMethods = settings.read("payment_methods") ?? [];
  return { step: "connected", organization, bankAccount: null, paymentMethods, isOld: true };
}

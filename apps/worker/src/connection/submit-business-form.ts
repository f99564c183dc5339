import type { CreateConnection } from "@qonto-pay/core/qonto";
import { createConnectionSchema } from "@qonto-pay/core/qonto.schema";
import { countCharacters, tidyLines } from "@qonto-pay/core/text";
import type { BusinessForm, BusinessStep, ReturnedForm } from "./onboarding.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { QontoError } from "../qonto/qonto-error.ts";
import { findConnection, type FoundConnection, storeFound } from "./refresh-connection.ts";
import { rejectedField } from "./provider-connection.ts";
import { consentStep, findBankAccounts, providerUrlOf } from "./onboarding-step.ts";

/** The result of the form: a redirect, or the form again with its errors. */
export type Connected =
  | { readonly location: string }
  | { readonly step: BusinessStep; readonly returned: ReturnedForm };

const FIELD_OF = {
  user_bank_account_id: "bank_account",
  user_phone_number: "phone",
  user_website_url: "website",
  business_description: "description",
} as const satisfies Partial<Record<keyof CreateConnection, keyof BusinessForm>>;

/**
 * Connects the bank account to the payment provider with the merchant's input. The schema of Qonto's request validates
 * the input. An existing connection is used unchanged.
 *
 * @throws ApiError `provider_url_not_allowed`.
 */
export async function submitBusinessForm(merchant: MerchantContext, typed: BusinessForm): Promise<Connected> {
  const hereAgain = { location: connectUrlOf(merchant) };
  if (consentStep(merchant) !== null) return hereAgain;
  const form = tidied(typed);
  const bankAccounts = await findBankAccounts(merchant);
  const organization = merchant.settings.read("organization")?.name ?? null;
  const again = (returned: Refusal): Connected => ({
    step: { step: "business", organization, bankAccounts },
    returned: { form: typed, descriptionLength: countCharacters(form.description), ...returned },
  });
  if (bankAccounts === null) return consentStep(merchant) === null ? again(UNAVAILABLE) : hereAgain;
  const body = bodyOf(merchant, form);
  const wrong = wrongFields(body);
  const isKnownAccount = bankAccounts.some(({ id }) => id === form.bank_account);
  if (!isKnownAccount && !wrong.includes("bank_account")) wrong.unshift("bank_account");
  if (wrong.length > 0) return again({ wrong, problem: null });
  const connection = await createOrFind(merchant, body);
  if ("refused" in connection) return again(connection.refused);
  const found = await storeFound(merchant, connection.found);
  if (typeof found === "string" || found.status !== "not_connected") return hereAgain;
  return { location: providerUrlOf(merchant, found) ?? hereAgain.location };
}

type Refusal = Pick<ReturnedForm, "wrong" | "problem">;

const UNAVAILABLE: Refusal = { wrong: [], problem: "qonto_unavailable" };

/** Removes separators from the phone number, and completes an address without a scheme. */
function tidied({ bank_account, phone, website, description }: BusinessForm): BusinessForm {
  const address = website.trim();
  return {
    bank_account,
    phone: phone.replaceAll(/[\s().-]/g, "").replace(/^00/, "+"),
    website: address === "" || /^[a-z]+:/i.test(address) ? address : `https://${address}`,
    description: tidyLines(description),
  };
}

function bodyOf(merchant: MerchantContext, form: BusinessForm): CreateConnection {
  return {
    partner_callback_url: connectUrlOf(merchant),
    user_bank_account_id: form.bank_account,
    user_phone_number: form.phone,
    user_website_url: form.website,
    business_description: form.description,
  };
}

function wrongFields(body: CreateConnection): (keyof BusinessForm)[] {
  const issues = createConnectionSchema.safeParse(body).error?.issues ?? [];
  const names = issues.flatMap(({ path }) => FIELD_OF[path[0] as keyof typeof FIELD_OF] ?? []);
  return [...new Set(names)];
}

/** Returns the connection, created or existing, or why none can be created yet. */
async function createOrFind(
  merchant: MerchantContext,
  body: CreateConnection,
): Promise<{ readonly found: FoundConnection } | { readonly refused: Refusal }> {
  try {
    return { found: await merchant.qonto.createConnection(body) };
  } catch (fault) {
    if (!(fault instanceof QontoError)) throw fault;
    const mayExist =
      fault.mayHaveHappened || fault.kind === "not_found" || fault.code === "multiple_connections_not_allowed";
    const found = mayExist ? await foundOrNull(merchant) : null;
    if (found !== null && found !== "none") return { found };
    const isRefused = fault.kind === "not_found" || (fault.kind === "refused" && !mayExist);
    return { refused: isRefused ? refusalOf(merchant, body, fault) : UNAVAILABLE };
  }
}

/** Returns the invalid field, if Qonto names it or it is a loopback address. */
function refusalOf({ config }: MerchantContext, body: CreateConnection, fault: QontoError): Refusal {
  const field = rejectedField(config.isLocal, body, fault);
  if (field === "partner_callback_url") return { wrong: [], problem: "address_not_public" };
  if (field === null) return { wrong: [], problem: "qonto_refused" };
  return { wrong: [FIELD_OF[field]], problem: null };
}

async function foundOrNull(merchant: MerchantContext): Promise<FoundConnection | null> {
  try {
    return await findConnection(merchant);
  } catch (fault) {
    if (!(fault instanceof QontoError)) throw fault;
    return null;
  }
}

/** Returns the address to which the merchant's browser returns. */
function connectUrlOf({ config, name }: MerchantContext): string {
  return new URL(`/connect/${name}`, config.workerUrl).href;
}

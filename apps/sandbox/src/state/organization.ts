/** Source: `GET /v2/organization` of Qonto's documentation; `name` and `address` were observed in its sandbox. */
export interface Organization {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly locale: string;
  readonly legal_name: string;
  readonly legal_number: string;
  readonly legal_form: string;
  readonly legal_country: string;
  readonly legal_sector: string;
  readonly legal_address: string;
  readonly legal_registration_date: string;
  readonly legal_share_capital: number;
  readonly address: Readonly<Record<string, string>>;
  readonly contract_signed_at: string;
  /** The user who gave the consent. Not part of the answer. */
  readonly membership_id: string;
  readonly bank_accounts: readonly BankAccount[];
}

/** Source: `GET /v2/bank_accounts` of Qonto's documentation. Balances are in EUR and in cents, as JSON numbers. */
export interface BankAccount {
  readonly id: string;
  readonly slug: string;
  readonly organization_id: string;
  readonly name: string;
  readonly status: "active";
  readonly main: boolean;
  readonly iban: string;
  readonly bic: string;
  readonly currency: string;
  readonly balance: number;
  readonly balance_cents: number;
  readonly authorized_balance: number;
  readonly authorized_balance_cents: number;
  readonly updated_at: string;
  readonly is_external_account: boolean;
  readonly account_number: string | null;
}

const ORGANIZATION_ID = "5e1f1a6e-6b0c-4c39-9d5f-3a4d1c2b7e01";

/** The guide's `Abacate Organization`, the only one of the sandbox. */
export const ORGANIZATION: Organization = {
  id: ORGANIZATION_ID,
  slug: "abacate-organization-1234",
  name: "Abacate Organization",
  locale: "fr",
  legal_name: "Abacate Organization SAS",
  legal_number: "123456789",
  legal_form: "SAS",
  legal_country: "FR",
  legal_sector: "4791B",
  legal_address: "1 rue de la Paix 75002 Paris FRANCE",
  legal_registration_date: "2022-11-27",
  legal_share_capital: 1000,
  address: { street_address: "1 rue de la Paix", zip_code: "75002", city: "Paris", country_code: "FR" },
  contract_signed_at: "2022-12-01 08:57:00.123047",
  membership_id: "5e1f1a6e-6b0c-4c39-9d5f-3a4d1c2b7e02",
  bank_accounts: [
    bankAccount(1, {
      id: "5e1f1a6e-6b0c-4c39-9d5f-3a4d1c2b7e03",
      name: "Main account",
      iban: "FR7616958000010000000000140",
      main: true,
      cents: 1_214_056,
    }),
    bankAccount(2, {
      id: "5e1f1a6e-6b0c-4c39-9d5f-3a4d1c2b7e04",
      name: "Online sales",
      iban: "FR7616958000010000000000237",
      main: false,
      cents: 30_995,
    }),
  ],
};

function bankAccount(
  number: number,
  { cents, ...account }: Pick<BankAccount, "id" | "name" | "iban" | "main"> & { readonly cents: number },
): BankAccount {
  return {
    ...account,
    slug: `abacate-organization-1234-bank-account-${number}`,
    organization_id: ORGANIZATION_ID,
    status: "active",
    bic: "QNTOFRP1XXX",
    currency: "EUR",
    balance: cents / 100,
    balance_cents: cents,
    authorized_balance: cents / 100,
    authorized_balance_cents: cents,
    updated_at: "2026-11-01T08:00:00.000Z",
    is_external_account: false,
    account_number: null,
  };
}

/** A bank account of the merchant's, as far as it is needed to choose one. */
export interface BankAccount {
  readonly id: string;
  readonly iban: string;
  readonly main?: boolean | undefined;
  readonly name?: string | undefined;
}

/** `GET /v2/organization`, as far as it is needed here. */
export interface Organization {
  readonly id: string;
  readonly slug: string;
  readonly name?: string | undefined;
  readonly legal_name?: string | undefined;
  readonly bank_accounts: readonly BankAccount[];
}

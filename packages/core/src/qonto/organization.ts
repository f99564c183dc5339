/** The fields of a merchant's bank account that are needed to choose one. */
export interface BankAccount {
  readonly id: string;
  readonly iban: string;
  readonly main?: boolean | undefined;
  readonly name?: string | undefined;
}

/** The fields of `GET /v2/organization` that are needed here. */
export interface Organization {
  readonly id: string;
  readonly slug: string;
  readonly name?: string | undefined;
  readonly legal_name?: string | undefined;
  readonly bank_accounts: readonly BankAccount[];
}

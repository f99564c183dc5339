import type { ConsentProblem } from "@qonto-pay/core/api";
import type { BankAccount } from "@qonto-pay/core/qonto";

/** The next step of a merchant who connects Qonto. */
export type Connecting = ConsentStep | ActivationStep | BusinessStep | ProviderStep | ConnectedStep;

/** The merchant has to consent at Qonto. */
export interface ConsentStep {
  readonly step: "consent";
  /** Why the merchant must reauthorize; null: first consent, or consent after a disconnect. */
  readonly problem: ConsentProblem | null;
  /** The organization that the merchant has to choose; null: any. */
  readonly organization: string | null;
}

/** The merchant's organization has no payment links. They have to be activated in Qonto's app. */
export interface ActivationStep {
  readonly step: "activation";
  readonly organization: string | null;
}

/** The merchant has to choose a bank account and describe the business. */
export interface BusinessStep {
  readonly step: "business";
  readonly organization: string | null;
  /** Null: Qonto was not reachable. */
  readonly bankAccounts: readonly BankAccount[] | null;
}

/** The merchant has to finish at the payment provider, or to wait for it. */
export interface ProviderStep {
  readonly step: "provider";
  readonly organization: string | null;
  /** Qonto's status, possibly one that this version does not know. */
  readonly status: string;
  /** The address where the merchant continues; null: no allowed address is known. */
  readonly location: string | null;
  /** Whether this is the last known state, because Qonto was not reachable. */
  readonly isOld: boolean;
}

/** Payments can be taken. */
export interface ConnectedStep {
  readonly step: "connected";
  readonly organization: string | null;
  /** Null: currently unknown. */
  readonly bankAccount: BankAccount | null;
  readonly paymentMethods: readonly string[];
  readonly isOld: boolean;
}

/** The input of the merchant in the form of the business step. */
export interface BusinessForm {
  readonly bank_account: string;
  readonly phone: string;
  readonly website: string;
  readonly description: string;
}

/** A form to show again: the input as typed, and its errors. */
export interface ReturnedForm {
  readonly form: BusinessForm;
  /** The invalid fields. */
  readonly wrong: readonly (keyof BusinessForm)[];
  /** Length of the trimmed description in characters, as Qonto counts them. */
  readonly descriptionLength: number;
  /**
   * Set if the form itself is valid, but Qonto rejected it, was not reachable, or takes no connection that leads back
   * to this deployment's address.
   */
  readonly problem: "qonto_refused" | "qonto_unavailable" | "address_not_public" | null;
}

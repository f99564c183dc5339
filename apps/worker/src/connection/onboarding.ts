import type { ConsentProblem } from "@qonto-pay/core/api";
import type { BankAccount } from "@qonto-pay/core/qonto";

/** The step that is due for a merchant who connects Qonto. */
export type Connecting = ConsentStep | ActivationStep | BusinessStep | ProviderStep | ConnectedStep;

/** The merchant has to consent at Qonto. */
export interface ConsentStep {
  readonly step: "consent";
  /** Why again; null: for the first time, or after being disconnected. */
  readonly problem: ConsentProblem | null;
  /** The organization that it has to be; null: any. */
  readonly organization: string | null;
}

/** The merchant's organization has no payment links: they have to be switched on in Qonto's app. */
export interface ActivationStep {
  readonly step: "activation";
  readonly organization: string | null;
}

/** The merchant has to choose a bank account and tell of the business. */
export interface BusinessStep {
  readonly step: "business";
  readonly organization: string | null;
  /** Null: Qonto could not be asked. */
  readonly bankAccounts: readonly BankAccount[] | null;
}

/** The merchant has to finish at the payment provider, or to wait for it. */
export interface ProviderStep {
  readonly step: "provider";
  readonly organization: string | null;
  /** In Qonto's own word, which may be one that we don't know. */
  readonly status: string;
  /** Where to go on; null: nowhere that is known and allowed. */
  readonly location: string | null;
  /** Qonto could not be asked: this is how it was when it last could. */
  readonly isOld: boolean;
}

/** Payments can be taken. */
export interface ConnectedStep {
  readonly step: "connected";
  readonly organization: string | null;
  /** Null: not known now. */
  readonly bankAccount: BankAccount | null;
  readonly paymentMethods: readonly string[];
  readonly isOld: boolean;
}

/** What a merchant types into the form of the business step. */
export interface BusinessForm {
  readonly bank_account: string;
  readonly phone: string;
  readonly website: string;
  readonly description: string;
}

/** A form that has to be shown again: as it was typed, and what is wrong with it. */
export interface ReturnedForm {
  readonly form: BusinessForm;
  /** Fields that are wrong. */
  readonly wrong: readonly (keyof BusinessForm)[];
  /** Of the description without the space around it: in characters, as Qonto counts them. */
  readonly descriptionLength: number;
  /**
   * Nothing is wrong with the form itself; Qonto did not take it, could not be asked, or takes no connection whose way
   * back is this deployment's address.
   */
  readonly problem: "qonto_refused" | "qonto_unavailable" | "address_not_public" | null;
}

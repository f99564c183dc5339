import type { OwnMessages } from "../locales/button-messages.ts";

/** The part of a button that its explanations read. The class is above this folder. */
export interface ExplainedButton extends HTMLElement {
  readonly items: unknown;
  readonly messages: OwnMessages | null | undefined;
  readonly label: string | null | undefined;
  readonly product: string | null | undefined;
  readonly amounts: string | null | undefined;
  readonly quantityInput: boolean | undefined;
  /** The address of the Worker, if the page states it. */
  readonly endpoint: string | null | undefined;
  readonly renderRoot: ParentNode;
}

/** What the shopper is about to pay for, as the page states it. */
export interface Intent {
  /** Origin of the Worker, without a slash at the end. */
  readonly endpoint: string;
  /** Publishable key. */
  readonly key: string;
  readonly product: string;
  readonly quantity?: number | undefined;
  /** Decimal string in major units; for open-amount products. */
  readonly amount?: string | undefined;
  readonly reference?: string | undefined;
}

/** Two intents are the same purchase exactly when their names are equal. */
export function nameOfIntent({ endpoint, key, product, quantity, amount, reference }: Intent): string {
  return JSON.stringify([endpoint, key, product, quantity, amount, reference]);
}

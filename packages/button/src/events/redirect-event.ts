/** Fires when the pay page is known and allowed. If canceled, the page must open it, and the button only watches. */
export class QontoPayRedirectEvent extends Event {
  static readonly type = "qonto-pay-redirect";
  /** Qonto's hosted pay page. */
  declare readonly url: string;
  declare readonly checkoutId: string;

  constructor(url: string, checkoutId: string) {
    super(QontoPayRedirectEvent.type, { bubbles: true, composed: true, cancelable: true });
    this.url = url;
    this.checkoutId = checkoutId;
  }
}

declare global {
  interface HTMLElementEventMap {
    "qonto-pay-redirect": QontoPayRedirectEvent;
  }
}

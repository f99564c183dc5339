/** The pay page is known and allowed. Canceling it leaves the navigation to the page; the button watches the checkout. */
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

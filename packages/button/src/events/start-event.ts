/** The shopper asked to pay and nothing was sent yet. Canceling it leaves the button as it is. */
export class QontoPayStartEvent extends Event {
  static readonly type = "qonto-pay-start";

  constructor() {
    super(QontoPayStartEvent.type, { bubbles: true, composed: true, cancelable: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    "qonto-pay-start": QontoPayStartEvent;
  }
}

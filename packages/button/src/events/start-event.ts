/** Fires on a click, before any request is sent. If canceled, the button does nothing. */
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

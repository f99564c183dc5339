import { control } from "./sandbox.ts";
import { answerAsServer, type ServerCheckout } from "./server.ts";
import { deliverEvent, paymentLinkEvent } from "./webhook.ts";

/** Pays the link of a checkout at Qonto. */
export function payCheckout({ payment_link }: ServerCheckout, payment: Record<string, unknown> = {}): Promise<unknown> {
  return control("POST", `payment_links/${payment_link.id}/payments`, { status: "paid", ...payment });
}

/** Delivers Qonto's event about the link of a checkout. */
export function deliverStatus({ payment_link }: ServerCheckout, status: string): Promise<Response> {
  return deliverEvent(paymentLinkEvent(payment_link.id, { status }));
}

export function readCheckout({ id }: ServerCheckout): Promise<ServerCheckout> {
  return answerAsServer("GET", `checkouts/${id}`);
}

export function syncCheckout({ id }: ServerCheckout): Promise<ServerCheckout> {
  return answerAsServer("POST", `checkouts/${id}/sync`);
}

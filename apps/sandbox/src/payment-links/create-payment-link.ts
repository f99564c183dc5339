import { ApiError, badRequest, notFound } from "../api/api-error.ts";
import { readJson } from "../api/read-json.ts";
import type { Fault } from "../controls/faults.ts";
import { shiftAmount } from "../controls/shift-amount.ts";
import { type Answer, json } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import type { ShownPaymentLink, StoredPaymentLink } from "../state/state.ts";
import { announcePaymentLink } from "../webhooks/announce-payment-link.ts";
import type { World } from "../world.ts";
import { grossAmount } from "./gross-amount.ts";
import { takes } from "./list-payment-methods.ts";
import { showPaymentLink } from "./payment-link-answer.ts";
import { type PaymentLinkBody, readPaymentLinkBody } from "./payment-link-body.ts";

/**
 * Handles `POST /v2/payment_links`: creates a link for a basket or an invoice. A fault can change the amount of the
 * link.
 *
 * If idempotency keys are honoured, a repeated key returns the first answer unchanged, regardless of the link's current
 * status.
 */
export function createPaymentLink(world: World, call: Call, fault?: Fault): Answer {
  const { idempotency_honoured, idempotent_links } = world.store.state;
  const key = idempotency_honoured ? call.headers["x-qonto-idempotency-key"] : undefined;
  if (typeof key !== "string") return json(201, { payment_link: createLink(world, call, fault) });
  const payment_link = idempotent_links.get(key) ?? createLink(world, call, fault);
  idempotent_links.set(key, payment_link);
  return json(201, { payment_link });
}

function createLink(world: World, call: Call, fault: Fault | undefined): ShownPaymentLink {
  const body = readPaymentLinkBody(readJson(call));
  const { state } = world.store;
  if (state.connection?.status !== "enabled") {
    // Code and text were observed in production, for baskets and invoices.
    throw new ApiError(400, [{ code: "invalid", detail: "connection with the provider does not exist" }]);
  }
  checkInvoice(world, body);
  const amount = grossAmount(body, state.rounding_policy);
  refuseDisabledMethods(world, body, amount.value);
  const now = world.clock.iso();
  const link: StoredPaymentLink = {
    id: world.clock.newId(),
    pay_id: world.clock.newId(),
    resource_id: body.resource_type === "Invoice" ? body.invoice_id : world.clock.newId(),
    status: "open",
    expiration_date: new Date(Date.parse(now) + state.payment_link_life_ms).toISOString(),
    potential_payment_methods: body.potential_payment_methods,
    amount: fault?.amount_off_by === undefined ? amount : shiftAmount(amount, fault.amount_off_by),
    resource_type: body.resource_type,
    ...resourceOf(body),
    rounding_policy: state.rounding_policy,
    latest_payment_method_used: null,
    created_at: now,
    updated_at: now,
  };
  state.payment_links.set(link.id, link);
  announcePaymentLink(world, link, "created");
  return showPaymentLink(world, link);
}

/**
 * Checks an invoice as the behaviour requires. Whether Qonto checks invoices is unknown; by default the sandbox does
 * not.
 */
function checkInvoice({ store }: World, { resource_type }: PaymentLinkBody): void {
  const { invoice_check } = store.state.behaviour.switches;
  if (resource_type !== "Invoice" || invoice_check === "none") return;
  if (invoice_check === "unknown_invoice") throw notFound("Invoice not found");
  const source = { pointer: "/payment_link/invoice_id" };
  throw new ApiError(422, [{ code: "invalid", detail: "The invoice cannot be paid by a payment link", source }]);
}

function refuseDisabledMethods(world: World, body: PaymentLinkBody, amount: string): void {
  const { payment_methods } = world.store.state;
  const enabled = payment_methods.filter((method) => takes(method, amount)).map((method) => method.name);
  const index = body.potential_payment_methods.findIndex((name) => !enabled.includes(name));
  if (index === -1) return;
  throw badRequest("The payment method is not enabled", `/payment_link/potential_payment_methods/${index}`);
}

function resourceOf(body: PaymentLinkBody) {
  if (body.resource_type === "Basket") {
    const { items, reusable } = body;
    return { items, reusable, invoice_id: null, invoice_number: null, debitor_name: null };
  }
  const { invoice_id, invoice_number, debitor_name } = body;
  return { items: null, reusable: false, invoice_id, invoice_number, debitor_name };
}

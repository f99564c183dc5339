import type {
  CreateConnection,
  ListPaymentLinksQuery,
  ListPaymentMethodsQuery,
  ListPaymentsQuery,
  Organization,
  PaymentLink,
  PaymentLinkConnection,
  PaymentLinkPage,
  PaymentLinkToCreate,
  PaymentMethod,
  PaymentPage,
  WebhookSubscription,
} from "@qonto-pay/core/qonto";
import {
  createConnectionSchema,
  createWebhookSubscriptionSchema,
  noContentSchema,
  oneConnectionSchema,
  onePaymentLinkSchema,
  organizationSchema,
  paymentLinkPageSchema,
  paymentLinkToCreateSchema,
  paymentMethodsSchema,
  paymentPageSchema,
  webhookSubscriptionPageSchema,
  webhookSubscriptionSchema,
} from "@qonto-pay/core/qonto.schema";
import type * as z from "zod";
import type { Priority } from "./priority.ts";
import { GET_ORGANIZATION, type QontoCall, type QontoCaller } from "./qonto-call.ts";
import { QontoError } from "./qonto-error.ts";

const LINKS = "/v2/payment_links";
const SUBSCRIPTIONS = "/v2/webhook_subscriptions";

/** The fields of a webhook subscription that the Worker chooses. */
export type SubscriptionBody = Pick<WebhookSubscription, "callback_url" | "types"> & { readonly secret: string };

/**
 * Qonto's API for one merchant, with calls of one priority. Every method throws `QontoError`. Requests are strict,
 * answers are read leniently.
 */
export class QontoClient {
  readonly #caller: QontoCaller;
  readonly #priority: Priority;

  constructor(caller: QontoCaller, priority: Priority) {
    this.#caller = caller;
    this.#priority = priority;
  }

  /**
   * `POST /v2/payment_links`
   *
   * @param idempotencyKey is sent as `X-Qonto-Idempotency-Key`. Qonto documents it for other calls only, so nothing
   * relies on it.
   */
  createPaymentLink(link: PaymentLinkToCreate, idempotencyKey: string): Promise<PaymentLink> {
    return this.#call({
      operation: "createPaymentLink",
      method: "POST",
      path: LINKS,
      body: paymentLinkToCreateSchema.parse(link),
      headers: { "X-Qonto-Idempotency-Key": idempotencyKey },
      answer: onePaymentLinkSchema,
    });
  }

  /** `GET /v2/payment_links` */
  listPaymentLinks(query: ListPaymentLinksQuery): Promise<PaymentLinkPage> {
    const path = `${LINKS}${queryText(query)}`;
    return this.#call({ operation: "listPaymentLinks", method: "GET", path, answer: paymentLinkPageSchema });
  }

  /** `GET /v2/payment_links/{id}` */
  getPaymentLink(id: string): Promise<PaymentLink> {
    const path = `${LINKS}/${encodeURIComponent(id)}`;
    return this.#call({
      operation: "getPaymentLink",
      method: "GET",
      path,
      answer: onePaymentLinkSchema,
    });
  }

  /**
   * `PATCH /v2/payment_links/{id}/deactivate`. Qonto documents the link as the answer; an integrator was unsure whether
   * there is a body (field notes of 2026-11-29, 5.1). After an answer without a body, the link is read.
   *
   * @returns the link, now canceled.
   * @throws QontoError even after an answer without a body: `unavailable` if the link is still open, `refused` if it is
   * being paid.
   */
  async deactivatePaymentLink(id: string): Promise<PaymentLink> {
    const operation = "deactivatePaymentLink";
    const path = `${LINKS}/${encodeURIComponent(id)}/deactivate`;
    const answer = onePaymentLinkSchema.optional();
    const answered = await this.#call({
      operation,
      method: "PATCH",
      path,
      isOrdinary: isConflict,
      answer,
    });
    if (answered !== undefined) return answered;
    const link = await this.getPaymentLink(id);
    if (link.status !== "open" && link.status !== "processing") return link;
    const kind = link.status === "open" ? "unavailable" : "refused";
    throw new QontoError(kind, `Qonto answered ${operation} without a body, and the link is still ${link.status}`);
  }

  /** `GET /v2/payment_links/{id}/payments` */
  listPayments(id: string, query: ListPaymentsQuery): Promise<PaymentPage> {
    const path = `${LINKS}/${encodeURIComponent(id)}/payments${queryText(query)}`;
    return this.#call({ operation: "listPayments", method: "GET", path, answer: paymentPageSchema });
  }

  /** `GET /v2/payment_links/payment_methods` */
  async listPaymentMethods(query: ListPaymentMethodsQuery = {}): Promise<readonly PaymentMethod[]> {
    const path = `${LINKS}/payment_methods${queryText(query)}`;
    const answer = await this.#call({
      operation: "listPaymentMethods",
      method: "GET",
      path,
      answer: paymentMethodsSchema,
    });
    return answer.payment_link_payment_methods;
  }

  /** `GET /v2/payment_links/connections` @throws QontoError `not_found` if there was never a connection. */
  getConnection(): Promise<PaymentLinkConnection> {
    const path = `${LINKS}/connections`;
    return this.#call({ operation: "getConnection", method: "GET", path, answer: oneConnectionSchema });
  }

  /** `POST /v2/payment_links/connections` @throws QontoError `refused` with code `multiple_connections_not_allowed`. */
  createConnection(connection: CreateConnection): Promise<PaymentLinkConnection> {
    return this.#call({
      operation: "createConnection",
      method: "POST",
      path: `${LINKS}/connections`,
      body: createConnectionSchema.parse(connection),
      isOrdinary: ({ code }) => code === "multiple_connections_not_allowed",
      answer: oneConnectionSchema,
    });
  }

  /** `GET /v2/organization` */
  async getOrganization(): Promise<Organization> {
    return (await this.#call({ ...GET_ORGANIZATION, answer: organizationSchema })).organization;
  }

  /** `DELETE /v2/oauth2/consents`: ends the consent of the token's user to this application, for all organizations. */
  async revokeConsents(): Promise<void> {
    const path = "/v2/oauth2/consents";
    await this.#call({ operation: "revokeConsents", method: "DELETE", path, answer: noContentSchema });
  }

  /** `GET /v2/webhook_subscriptions`: returns one page, and whether it is the last one. */
  async listSubscriptions(
    page: number,
  ): Promise<{ subscriptions: readonly WebhookSubscription[]; isLastPage: boolean }> {
    const path = `${SUBSCRIPTIONS}${queryText({ page, per_page: 100 })}`;
    const { subscriptions, meta } = await this.#call({
      operation: "listWebhookSubscriptions",
      method: "GET",
      path,
      answer: webhookSubscriptionPageSchema,
    });
    return { subscriptions, isLastPage: page >= meta.total_pages };
  }

  /** `POST /v2/webhook_subscriptions` */
  createSubscription(body: SubscriptionBody): Promise<WebhookSubscription> {
    return this.#call({
      operation: "createWebhookSubscription",
      method: "POST",
      path: SUBSCRIPTIONS,
      body: createWebhookSubscriptionSchema.parse(body),
      answer: webhookSubscriptionSchema,
    });
  }

  /** `DELETE /v2/webhook_subscriptions/{id}` */
  async deleteSubscription(id: string): Promise<void> {
    const path = `${SUBSCRIPTIONS}/${encodeURIComponent(id)}`;
    await this.#call({
      operation: "deleteWebhookSubscription",
      method: "DELETE",
      path,
      answer: noContentSchema,
    });
  }

  #call<Schema extends z.ZodType>(call: Omit<QontoCall<Schema>, "priority">): Promise<z.output<Schema>> {
    return this.#caller.call({ ...call, priority: this.#priority });
  }
}

/** Whether Qonto rejected a deactivation because the link has ended or is being paid. The link is then read. */
function isConflict({ kind, status }: QontoError): boolean {
  return kind === "refused" && (status === 400 || status === 409 || status === 422);
}

/** Returns a query in Qonto's format: a list is `name[]=a&name[]=b`. */
function queryText(query: Readonly<Record<string, string | number | readonly string[] | undefined>>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    Array.isArray(value)
      ? value.map((one: string) => `${name}[]=${encodeURIComponent(one)}`)
      : value === undefined
        ? []
        : [`${name}=${encodeURIComponent(String(value))}`],
  );
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

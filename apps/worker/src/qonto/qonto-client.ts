import type { CreateBasketPaymentLink, PaymentLink } from "@qonto-pay/core/qonto";
import {
  createBasketPaymentLinkSchema,
  onePaymentLinkSchema,
  paymentLinkPageSchema,
  paymentMethodsSchema,
  webhookSubscriptionSchema,
} from "@qonto-pay/core/qonto.schema";
import type { z } from "zod";
import type { AccessToken } from "./access-token.ts";
import { ask, type QontoAnswer } from "./ask.ts";
import { QontoFault } from "./qonto-fault.ts";

/** For one exchange; Qonto usually answers in a fraction of it. A click takes one, and a second where a token is refused. */
const TIMEOUT_MS = 8_000;

export interface QontoClientSettings {
  readonly apiUrl: URL;
  readonly stagingToken: string | null;
}

/** Qonto's API in one merchant's name. Every method throws `QontoFault`. What is sent is strict, what is read lenient. */
export class QontoClient {
  readonly #settings: QontoClientSettings;
  readonly #token: AccessToken;

  constructor(settings: QontoClientSettings, token: AccessToken) {
    this.#settings = settings;
    this.#token = token;
  }

  /** `POST /v2/payment_links` */
  createPaymentLink(link: CreateBasketPaymentLink): Promise<PaymentLink> {
    const body = createBasketPaymentLinkSchema.parse(link);
    return this.#call("createPaymentLink", onePaymentLinkSchema, "POST", "/v2/payment_links", body);
  }

  /** `GET /v2/payment_links/{id}` */
  getPaymentLink(id: string): Promise<PaymentLink> {
    return this.#call("getPaymentLink", onePaymentLinkSchema, "GET", `/v2/payment_links/${encodeURIComponent(id)}`);
  }

  /** `PATCH /v2/payment_links/{id}/deactivate` */
  async deactivatePaymentLink(id: string): Promise<void> {
    const path = `/v2/payment_links/${encodeURIComponent(id)}/deactivate`;
    await this.#call("deactivatePaymentLink", onePaymentLinkSchema, "PATCH", path);
  }

  /** `GET /v2/payment_links`: one page of the open links, those that expire last first. */
  async listOpenPaymentLinks(page: number): Promise<{ links: readonly PaymentLink[]; isLastPage: boolean }> {
    const path = `/v2/payment_links?status[]=open&sort_by=expiration_date:desc&per_page=100&page=${page}`;
    const answer = await this.#call("listPaymentLinks", paymentLinkPageSchema, "GET", path);
    return { links: answer.payment_links, isLastPage: page >= answer.meta.total_pages };
  }

  /** `GET /v2/payment_links/payment_methods`: the names of those that are enabled. */
  async listEnabledPaymentMethods(): Promise<readonly string[]> {
    const path = "/v2/payment_links/payment_methods";
    const answer = await this.#call("listPaymentMethods", paymentMethodsSchema, "GET", path);
    return answer.payment_link_payment_methods.filter((method) => method.enabled).map((method) => method.name);
  }

  /** `POST /v2/webhook_subscriptions` for changes of payment links. @returns the subscription's id. */
  async subscribeToPaymentLinks(callbackUrl: string, secret: string): Promise<string> {
    const answer = await this.#call(
      "createWebhookSubscription",
      webhookSubscriptionSchema,
      "POST",
      "/v2/webhook_subscriptions",
      { callback_url: callbackUrl, types: ["v1/payment-links"], secret, description: "qonto-pay" },
    );
    return answer.id;
  }

  /** `GET /v2/webhook_subscriptions/{id}`: whether it is still there and leads to this address. */
  async hasSubscription(id: string, callbackUrl: string): Promise<boolean> {
    const path = `/v2/webhook_subscriptions/${encodeURIComponent(id)}`;
    try {
      const answer = await this.#call("getWebhookSubscription", webhookSubscriptionSchema, "GET", path);
      return answer.callback_url === callbackUrl;
    } catch (fault) {
      if (fault instanceof QontoFault && fault.kind === "not_found") return false;
      throw fault;
    }
  }

  async #call<Schema extends z.ZodType>(
    operation: string,
    schema: Schema,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<z.output<Schema>> {
    const token = await this.#token.current();
    let answer = await this.#send(operation, token, method, path, body);
    if (answer.status === 401) {
      // A refused token means that nothing was carried out, so even a creating call may be made again.
      answer = await this.#send(operation, await this.#token.replace(token), method, path, body);
    }
    return readAnswer(operation, schema, answer);
  }

  #send(operation: string, token: string, method: string, path: string, body: unknown): Promise<QontoAnswer> {
    const headers = new Headers({ Accept: "application/json", Authorization: `Bearer ${token}` });
    if (this.#settings.stagingToken !== null) headers.set("X-Qonto-Staging-Token", this.#settings.stagingToken);
    const init: RequestInit = { method, headers };
    if (body !== undefined) {
      headers.set("Content-Type", "application/json");
      init.body = JSON.stringify(body);
    }
    return ask(operation, new Request(new URL(path, this.#settings.apiUrl), init), TIMEOUT_MS);
  }
}

function readAnswer<Schema extends z.ZodType>(
  operation: string,
  schema: Schema,
  answer: QontoAnswer,
): z.output<Schema> {
  if (answer.status === 401) throw new QontoFault("not_connected", `Qonto answered 401 to ${operation} twice`);
  if (answer.status === 404) throw new QontoFault("not_found", `Qonto answered 404 to ${operation}`);
  if (answer.status >= 400) throw new QontoFault("refused", `Qonto answered ${answer.status} to ${operation}`);
  const parsed = schema.safeParse(answer.json);
  if (parsed.success) return parsed.data;
  throw new QontoFault("unavailable", `Qonto's answer to ${operation} has another shape`, { mayHaveHappened: true });
}

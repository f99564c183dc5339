import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, listOf, readAnswer, recordOf } from "./answer.ts";
import type { Target } from "./target.ts";

/** The real Qonto allows 1,000 requests in 10 seconds and 10,000 in 10 minutes. A run needs far fewer. */
const MOST_REQUESTS = 1_500;
const TIMEOUT_MS = 20_000;
/** How long before its end a token is refreshed. */
const EARLY_MS = 5 * 60_000;

export class LimitError extends Error {}

/** A payment link that a probe created. */
export interface ProbeLink {
  readonly id: string;
  readonly url: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface LinkRequest {
  readonly items?: readonly object[];
  readonly reusable?: boolean;
  /** Added to `payment_link`. */
  readonly more?: object;
  readonly idempotencyKey?: string;
}

/** The default basket: 0.80 at 20 % is 0.96. */
const ITEM = {
  title: "Probe of qonto-pay",
  quantity: 1,
  unit_price: { value: "0.80", currency: "EUR" },
  vat_rate: "20",
};

/** A client of Qonto that paces and counts requests. Passes secrets and the bodies of answers only to the probes. */
export class QontoApi {
  readonly #target: Target;
  #tokens: { access: string; refresh: string; endsAt: number };
  #requests = 0;
  #lastAt = 0;
  #methods: readonly string[] | null = null;
  readonly #created = new Map<string, ProbeLink>();
  readonly #secrets = new Set<string>();

  constructor(target: Target, tokens: TokenAnswer) {
    this.#target = target;
    this.#tokens = this.#keep(tokens);
    for (const secret of [target.clientSecret, target.stagingToken]) if (secret !== null) this.#secrets.add(secret);
  }

  /** All secrets seen so far, to be masked in reports. */
  get secrets(): Iterable<string> {
    return this.#secrets;
  }

  get requests(): number {
    return this.#requests;
  }

  get refreshToken(): string {
    return this.#tokens.refresh;
  }

  /** Adds a secret from an answer, which must never be reported. */
  addSecret(secret: unknown): void {
    if (typeof secret === "string") this.#secrets.add(secret);
  }

  /** Calls the API. @param headers override the default headers. @throws LimitError */
  async call(
    method: string,
    path: string,
    body?: unknown,
    { headers = {}, isPaced = true }: { readonly headers?: Record<string, string>; readonly isPaced?: boolean } = {},
  ): Promise<Answer> {
    await this.#renew();
    const init = {
      method,
      headers: {
        Authorization: `Bearer ${this.#tokens.access}`,
        "Content-Type": "application/json",
        ...this.staging(),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    return this.send(`${this.#target.apiUrl}${path}`, init, { isPaced });
  }

  /** Calls the token endpoint as the app. */
  async token(
    form: Readonly<Record<string, string>>,
    { isStaged = true, clientSecret = this.#target.clientSecret } = {},
  ): Promise<Answer> {
    const answer = await this.send(`${this.#target.oauthUrl}/oauth2/token`, {
      method: "POST",
      headers: isStaged ? this.staging() : {},
      body: new URLSearchParams({ client_id: this.#target.clientId, client_secret: clientSecret, ...form }),
    });
    const { access_token, refresh_token } = recordOf(answer.body);
    for (const secret of [access_token, refresh_token]) this.addSecret(secret);
    return answer;
  }

  /** Uses the tokens of an answer from now on. @returns whether it has both. */
  adopt({ body }: Answer): boolean {
    const tokens = recordOf(body) as Partial<TokenAnswer>;
    if (typeof tokens.access_token !== "string" || typeof tokens.refresh_token !== "string") return false;
    this.#tokens = this.#keep(tokens as TokenAnswer);
    return true;
  }

  staging(): Record<string, string> {
    const { stagingToken } = this.#target;
    return stagingToken === null ? {} : { "X-Qonto-Staging-Token": stagingToken };
  }

  /** Sends any request, paced. Does not follow redirects. @throws LimitError */
  async send(url: string, init: RequestInit, { isPaced = true } = {}): Promise<Answer> {
    if (this.#requests >= MOST_REQUESTS)
      throw new LimitError(`no more than ${MOST_REQUESTS} requests are made in one run`);
    this.#requests += 1;
    const wait = isPaced ? this.#lastAt + this.#target.pauseMs - Date.now() : 0;
    if (wait > 0) await sleep(wait);
    this.#lastAt = Date.now();
    return readAnswer(await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(TIMEOUT_MS), ...init }));
  }

  /** Creates a link that offers one of the enabled methods. In production, only one link of 1 EUR at most. */
  async createLink({
    items = [ITEM],
    reusable = false,
    more = {},
    idempotencyKey,
  }: LinkRequest = {}): Promise<{ answer: Answer; link: ProbeLink | null }> {
    if (this.#target.isProduction && (this.#created.size > 0 || grossAtMost(items) > 1)) {
      throw new LimitError("in production, one link of 1 EUR at most is created");
    }
    const payment_link = { potential_payment_methods: (await this.methods()).slice(0, 1), reusable, items, ...more };
    const headers = idempotencyKey === undefined ? {} : { "X-Qonto-Idempotency-Key": idempotencyKey };
    const answer = await this.call("POST", "/v2/payment_links", { payment_link }, { headers });
    return { answer, link: this.track(answer) };
  }

  /** Stores a link from an answer, to deactivate it at the end. @returns null if there is none. */
  track({ status, body }: Answer): ProbeLink | null {
    const link = linkOf(body);
    if (status >= 300 || typeof link["id"] !== "string" || typeof link["url"] !== "string") return null;
    const found = { id: link["id"], url: link["url"], body: link };
    this.#created.set(found.id, found);
    return found;
  }

  /** Returns the names of the enabled methods. */
  async methods(): Promise<readonly string[]> {
    if (this.#methods === null) {
      const { body } = await this.call("GET", "/v2/payment_links/payment_methods");
      const listed = listOf(recordOf(body)["payment_link_payment_methods"]);
      const enabled = listed.filter((method) => method["enabled"] === true).map((method) => String(method["name"]));
      this.#methods = enabled.length === 0 ? ["credit_card"] : enabled;
    }
    return this.#methods;
  }

  read({ id }: ProbeLink): Promise<Answer> {
    return this.call("GET", `/v2/payment_links/${id}`);
  }

  payments({ id }: ProbeLink): Promise<Answer> {
    return this.call("GET", `/v2/payment_links/${id}/payments`);
  }

  deactivate({ id }: ProbeLink): Promise<Answer> {
    return this.call("PATCH", `/v2/payment_links/${id}/deactivate`);
  }

  /** Deactivates every link that may still be payable. @returns how many still may be, or can't be read. */
  async cleanUp(): Promise<number> {
    let left = 0;
    for (const link of this.#created.values()) {
      try {
        await this.deactivate(link);
        const status = linkOf((await this.read(link)).body)["status"];
        const payments = listOf(recordOf((await this.payments(link)).body)["payments"]);
        // A paid link may stay `processing` permanently.
        const isPaid = status === "processing" && payments.some((payment) => payment["status"] === "paid");
        if (!isPaid && status !== "canceled" && status !== "paid" && status !== "expired") left += 1;
      } catch {
        left += 1;
      }
    }
    return left;
  }

  async #renew(): Promise<void> {
    if (this.#tokens.endsAt - EARLY_MS > Date.now()) return;
    this.adopt(await this.token({ grant_type: "refresh_token", refresh_token: this.#tokens.refresh }));
  }

  #keep({ access_token, refresh_token, expires_in }: TokenAnswer) {
    this.#secrets.add(access_token).add(refresh_token);
    return { access: access_token, refresh: refresh_token, endsAt: Date.now() + expires_in * 1000 };
  }
}

export interface TokenAnswer {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
}

/** Returns the link of a body, bare or enveloped. */
export function linkOf(body: unknown): Readonly<Record<string, unknown>> {
  const record = recordOf(body);
  return "payment_link" in record ? recordOf(record["payment_link"]) : record;
}

/** Returns an upper bound of the lines' total, in units of the currency. */
function grossAtMost(items: readonly object[]): number {
  return listOf(items).reduce((sum, item) => {
    const unit = Number(recordOf(item["unit_price"])["value"]);
    return sum + Math.abs(unit * Number(item["quantity"]) * (1 + Number(item["vat_rate"]) / 100));
  }, 0);
}

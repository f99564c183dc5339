import type { Sandbox } from "../../src/start-sandbox.ts";

export const REDIRECT_URI = "http://localhost:8787/oauth/callback";

const STAGING_TOKEN = "sandbox-staging-token";

/** An answer, read to its end. `body` is whatever JSON it held: each test looks at what it expects. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Json;
}

/** JSON of a shape that the test knows: a part that is missing shows as undefined in the assertion. */
export interface Json {
  readonly [key: string]: Json;
}

/** A part that is a list; none when it isn't one. */
export function list(json: Json | undefined): readonly Json[] {
  return Array.isArray(json) ? (json as readonly Json[]) : [];
}

/** A client of one sandbox, as a plugin would write it: plain HTTP, nothing of the sandbox's own code. */
export class Client {
  readonly url: string;
  accessToken = "";
  refreshToken = "";

  private constructor(url: string) {
    this.url = url;
  }

  /** A client that went through OAuth. */
  static async connect(sandbox: Pick<Sandbox, "url">, scope?: string): Promise<Client> {
    const client = new Client(sandbox.url);
    const tokens = (await client.exchange(await client.newCode(scope))).body;
    client.accessToken = string(tokens["access_token"]);
    if ("refresh_token" in tokens) client.refreshToken = string(tokens["refresh_token"]);
    return client;
  }

  /** A request to the API, with both tokens. `headers` come on top; one that is undefined is left out. */
  async api(method: string, path: string, body?: unknown, headers: Record<string, string | undefined> = {}) {
    const all = {
      authorization: `Bearer ${this.accessToken}`,
      "x-qonto-staging-token": STAGING_TOKEN,
      ...headers,
    };
    return this.send(method, path, body, all);
  }

  /** A request to a control of the sandbox. */
  async control(method: string, path: string, body?: unknown): Promise<Reply> {
    return this.send(method, `/_sandbox${path}`, body, {});
  }

  /** What the consent of a merchant would lead to. */
  async newCode(scope?: string): Promise<string> {
    const reply = await this.control("POST", "/authorizations", {
      redirect_uri: REDIRECT_URI,
      ...(scope === undefined ? {} : { scope }),
    });
    return string(reply.body["code"]);
  }

  async token(fields: Record<string, string>): Promise<Reply> {
    const form = { client_id: "sandbox-client", client_secret: "sandbox-secret", ...fields };
    return this.form("/oauth2/token", form);
  }

  async exchange(code: string): Promise<Reply> {
    return this.token({ grant_type: "authorization_code", code, redirect_uri: REDIRECT_URI });
  }

  async refresh(refreshToken: string): Promise<Reply> {
    return this.token({ grant_type: "refresh_token", refresh_token: refreshToken });
  }

  async form(path: string, fields: Record<string, string>): Promise<Reply> {
    return read(
      await fetch(this.url + path, {
        method: "POST",
        headers: { "x-qonto-staging-token": STAGING_TOKEN },
        body: new URLSearchParams(fields),
        redirect: "manual",
      }),
    );
  }

  /** A new link's id. */
  async createLink(overrides: Record<string, unknown> = {}): Promise<string> {
    const reply = await this.api("POST", "/v2/payment_links", basket(overrides));
    return string(reply.body["payment_link"]?.["id"]);
  }

  async linkStatus(id: string): Promise<string> {
    return string((await this.api("GET", `/v2/payment_links/${id}`)).body["payment_link"]?.["status"]);
  }

  async pay(id: string, status: string): Promise<Reply> {
    return this.control("POST", `/payment_links/${id}/payments`, { status });
  }

  private async send(
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string | undefined>,
  ): Promise<Reply> {
    const sent = Object.entries({ ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers });
    return read(
      await fetch(this.url + path, {
        method,
        headers: Object.fromEntries(sent.filter((entry): entry is [string, string] => entry[1] !== undefined)),
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
        redirect: "manual",
      }),
    );
  }
}

/** A part that is a string; fails the test when it isn't one. */
export function string(json: Json | undefined): string {
  if (typeof json === "string") return json;
  throw new Error(`Expected a string, got ${JSON.stringify(json)}`);
}

export async function read(response: Response): Promise<Reply> {
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") === true && text !== "";
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (isJson ? JSON.parse(text) : {}) as Json,
  };
}

/** The documented basket: 1 x 10.99 at 21.0 %, which comes to 13.30. */
export function basket(overrides: Record<string, unknown> = {}): { payment_link: Record<string, unknown> } {
  return {
    payment_link: { potential_payment_methods: ["credit_card"], reusable: false, items: [item()], ...overrides },
  };
}

export function item(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    title: "Item 1",
    quantity: 1,
    unit_price: { value: "10.99", currency: "EUR" },
    vat_rate: "21.0",
    type: "good",
    description: "Item 1 description",
    measure_unit: "unit",
    ...overrides,
  };
}

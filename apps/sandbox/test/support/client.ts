import type { Sandbox } from "../../src/start-sandbox.ts";

export const REDIRECT_URI = "http://localhost:8787/oauth/callback";

const STAGING_TOKEN = "sandbox-staging-token";

/** A complete answer. `body` is any JSON; each test checks the parts that it expects. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Json;
}

/** JSON of a shape that the test knows. A missing part is undefined and fails the assertion. */
export interface Json {
  readonly [key: string]: Json;
}

/** Returns a list; empty if the value is no list. */
export function list(json: Json | undefined): readonly Json[] {
  return Array.isArray(json) ? (json as readonly Json[]) : [];
}

/** A client of one sandbox, written like a plugin: plain HTTP, without code of the sandbox. */
export class Client {
  readonly url: string;
  accessToken = "";
  refreshToken = "";

  private constructor(url: string) {
    this.url = url;
  }

  /** Returns a client with tokens from OAuth. */
  static async connect(sandbox: Pick<Sandbox, "url">, scope?: string): Promise<Client> {
    const client = new Client(sandbox.url);
    const tokens = (await client.exchange(await client.newCode(scope))).body;
    client.accessToken = string(tokens["access_token"]);
    if ("refresh_token" in tokens) client.refreshToken = string(tokens["refresh_token"]);
    return client;
  }

  /** Sends a request to the API with both tokens. `headers` override the defaults; an undefined one is left out. */
  async api(method: string, path: string, body?: unknown, headers: Record<string, string | undefined> = {}) {
    const all = {
      authorization: `Bearer ${this.accessToken}`,
      "x-qonto-staging-token": STAGING_TOKEN,
      ...headers,
    };
    return this.send(method, path, body, all);
  }

  /** Calls a control of the sandbox. */
  async control(method: string, path: string, body?: unknown): Promise<Reply> {
    return this.send(method, `/_sandbox${path}`, body, {});
  }

  /** Returns a code, as a merchant's consent would give. */
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

  /** Creates a link and returns its id. */
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

/** Returns a string. @throws Error if the value is no string. */
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

/** The documented basket: 1 x 10.99 at 21.0 %, in total 13.30. */
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

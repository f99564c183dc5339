import { operationNamed } from "./operations.ts";

const REDIRECT_URI = "http://localhost:8787/oauth/callback";
const STAGING_TOKEN = "sandbox-staging-token";
/** The credentials of the sandbox's default client. */
export const OAUTH_CLIENT = { client_id: "sandbox-client", client_secret: "sandbox-secret" };

/** The parts of a request. A header that is null is left out; a body that is text is sent unchanged. */
export interface Sent {
  readonly id?: string;
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | null>>;
}

/** An answer. `body` is null if it is empty or not JSON. */
export interface Answered {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  readonly body: unknown;
}

/** A client of one sandbox. It calls the documented operations by name, over HTTP. */
export class SandboxClient {
  readonly #url: string;
  #accessToken = "";

  constructor(url: string) {
    this.#url = url;
  }

  /** Resets the sandbox and requests new tokens, by default with all scopes. */
  async begin(scope?: string): Promise<void> {
    await this.control("POST", "/reset");
    await this.authorize(scope);
  }

  /** Requests new tokens. */
  async authorize(scope?: string): Promise<void> {
    const { body } = await this.call("createToken", { body: await this.codeGrant(scope) });
    this.#accessToken = textAt(body, "access_token");
  }

  /** Returns the fields that exchange a new code. */
  async codeGrant(scope?: string): Promise<Record<string, string>> {
    const asked = { redirect_uri: REDIRECT_URI, ...(scope === undefined ? {} : { scope }) };
    const code = textAt(await this.control("POST", "/authorizations", asked), "code");
    return { ...OAUTH_CLIENT, grant_type: "authorization_code", code, redirect_uri: REDIRECT_URI };
  }

  /** Calls an operation with the tokens that it requires, and with its body as a form or as JSON. */
  async call(name: string, { id = "", query = "", body, headers = {} }: Sent = {}): Promise<Answered> {
    const { method, path, scope } = operationNamed(name);
    const isApi = scope !== undefined;
    const all: Record<string, string | null> = {
      accept: "application/json",
      "x-qonto-staging-token": STAGING_TOKEN,
      ...(isApi ? { authorization: `Bearer ${this.#accessToken}` } : {}),
      ...(body === undefined || !isApi ? {} : { "content-type": "application/json" }),
      ...headers,
    };
    const sent = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
    const address = `${this.#url}${path.replace(":id", id)}${query === "" ? "" : `?${query}`}`;
    const response = await fetch(address, {
      method,
      headers: sent,
      ...(body === undefined
        ? {}
        : { body: isApi ? asText(body) : new URLSearchParams(body as Record<string, string>) }),
    });
    return read(response);
  }

  /** Calls a control of the sandbox and returns its answer. */
  async control(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.#url}/_sandbox${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${method} ${path}`);
    return (await read(response)).body;
  }

  /** Creates a link and returns its id. */
  async createLink(body: unknown): Promise<string> {
    const answer = (await this.call("createPaymentLink", { body })).body as { payment_link?: unknown };
    return textAt(answer.payment_link, "id");
  }

  /** Pays a link as a shopper would. */
  async pay(id: string, status: string): Promise<void> {
    await this.control("POST", `/payment_links/${id}/payments`, { status });
  }
}

async function read(response: Response): Promise<Answered> {
  const text = await response.text();
  const contentType = response.headers.get("content-type") ?? "";
  const isJson = contentType.startsWith("application/json") && text !== "";
  return { status: response.status, contentType, text, body: isJson ? (JSON.parse(text) as unknown) : null };
}

function asText(body: unknown): string {
  return typeof body === "string" ? body : JSON.stringify(body);
}

/** Returns the text of a field. @throws Error if it is missing or no text. */
export function textAt(value: unknown, name: string): string {
  const found = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  if (typeof found !== "string") throw new Error(`The field ${name} is missing or not a string`);
  return found;
}

import { fetchWorker } from "./fetch-worker.ts";
import { adminKey, CONNECT } from "./connect.ts";
import { answerAsServer } from "./server.ts";
import { secretKeyOf } from "./shop.ts";

/** The name of the cookie where the Worker is served without TLS. */
export const COOKIE = "qonto-pay-console";

/** The headers of a browser for a request that a page of the console sends. */
export const OWN_PAGE = { Origin: CONNECT, "Sec-Fetch-Site": "same-origin", "Qonto-Pay-Console": "1" };

export interface ConsoleCall {
  readonly body?: unknown;
  /** Replace those of a page of the console. Null: the header is not sent. */
  readonly headers?: Readonly<Record<string, string | null>>;
}

/** A session as the Worker returns it. */
export interface SessionAnswer {
  readonly id: string;
  readonly role: string;
  readonly merchant: string;
  readonly fresh: boolean;
  readonly expires_at: string;
}

/** A browser with a cookie of the console. */
export class ConsoleBrowser {
  /** The value of the cookie; empty: none. */
  cookie: string;
  readonly #name: string;

  constructor(cookie = "", name = COOKIE) {
    this.cookie = cookie;
    this.#name = name;
  }

  /** The headers of its requests. */
  get headers(): Record<string, string> {
    return { ...OWN_PAGE, ...(this.cookie === "" ? {} : { Cookie: `${this.#name}=${this.cookie}` }) };
  }

  /** Sends a request, and keeps the cookie of the answer. @param path the path after `/v1/`. */
  async call(method: string, path: string, { body, headers = {} }: ConsoleCall = {}): Promise<Response> {
    const sent = Object.entries({ ...this.headers, ...headers }).filter(([, value]) => value !== null);
    const response = await fetchWorker(`${CONNECT}/v1/${path}`, {
      method,
      headers: sent as [string, string][],
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      this.cookie = new RegExp(`^${this.#name}=([^;]*)`).exec(cookie)?.[1] ?? this.cookie;
    }
    return response;
  }

  /** Signs in with the token of a sign-in link. */
  follow(token: string): Promise<Response> {
    return this.call("POST", "console/session", { body: { link_token: token } });
  }

  /** Signs in with a secret key. */
  signIn(key: string, headers: ConsoleCall["headers"] = {}): Promise<Response> {
    return this.call("POST", "console/session", { body: { secret_key: key }, headers });
  }
}

/** Returns a browser that is signed in with the secret key of a merchant. */
export async function signedIn(merchant = "demo"): Promise<ConsoleBrowser> {
  const browser = new ConsoleBrowser();
  const response = await browser.signIn(secretKeyOf(merchant));
  if (response.status !== 201) throw new Error(`the sign-in was rejected: ${await response.text()}`);
  return browser;
}

/** Returns a browser of the operator. @param cookie empty: it is not signed in. */
export function operatorBrowser(cookie = ""): ConsoleBrowser {
  return new ConsoleBrowser(cookie, "qonto-pay-operator");
}

/** Returns a browser in which the operator is signed in. */
export async function signedInAsOperator(): Promise<ConsoleBrowser> {
  const browser = operatorBrowser();
  const response = await browser.call("POST", "operator/session", { body: { admin_key: adminKey } });
  if (response.status !== 201) throw new Error(`the sign-in was rejected: ${await response.text()}`);
  return browser;
}

/** Creates a sign-in link with the secret key of a merchant. Returns its id and its token. */
export async function newSignInLink(
  merchant = "demo",
  body: object = {},
): Promise<{ readonly id: string; readonly token: string }> {
  const request = { role: "owner", name: "Ada", ...body };
  const key = secretKeyOf(merchant);
  const { id, url } = await answerAsServer<{ id: string; url: string }>("POST", "console/sign_in_links", {
    body: request,
    key,
  });
  return { id, token: new URL(url).hash.replace("#sign-in=", "") };
}

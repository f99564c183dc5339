import { env, runInDurableObject, SELF } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import worker from "../../src/index.ts";
import type { Env } from "../../src/context/env.ts";
import type { MerchantObject } from "../../src/merchant-object/merchant-object.ts";
import { digestOf } from "../../src/crypto/digest.ts";
import { administer } from "../support/connect.ts";
import { ConsoleBrowser, COOKIE, OWN_PAGE, type SessionAnswer, signedIn } from "../support/console.ts";
import { merchantObject } from "../support/object/merchant-object.ts";
import { answerAsServer, callAsServer } from "../support/server.ts";
import { errorOf, openMerchant, openShop, secretKeyOf } from "../support/shop.ts";

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function letPass(ms: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });
}

async function codeOf(response: Promise<Response>): Promise<string> {
  const answer = await response;
  return answer.ok ? "accepted" : (await errorOf(answer)).code;
}

async function idOf(browser: ConsoleBrowser): Promise<string> {
  return (await (await browser.call("GET", "console/session")).json<SessionAnswer>()).id;
}

/** Returns whether a browser is signed in. */
function stateOf(browser: ConsoleBrowser): Promise<string> {
  return codeOf(browser.call("GET", "console/session"));
}

describe("a sign-in with a secret key", () => {
  it("gives the browser a cookie that no script can read and no other site can send", async () => {
    const response = await new ConsoleBrowser().signIn(` ${secretKeyOf("demo")}\n`);
    expect(response.status).toBe(201);
    const [cookie = ""] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^qonto-pay-console=demo\.[\w-]{49}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    expect(await response.json()).toMatchObject({
      merchant: "demo",
      environment: "sandbox",
      role: "owner",
      signed_in_with: "secret_key",
      secret_key: { ends_with: secretKeyOf("demo").slice(-4) },
      current: true,
      fresh: true,
    });
  });

  it("gives a deployment with TLS a cookie that is bound to its host", async () => {
    const bindings: Env = { ...(env as unknown as Env), WORKER_URL: "https://pay.shop.example" };
    const request = new Request("https://pay.shop.example/v1/console/session", {
      method: "POST",
      headers: { ...OWN_PAGE, Origin: "https://pay.shop.example" },
      body: JSON.stringify({ secret_key: secretKeyOf("demo") }),
    });
    const response = await worker.fetch(request as Parameters<typeof worker.fetch>[0], bindings);
    const [cookie = ""] = response.headers.getSetCookie();
    expect(cookie).toMatch(
      /^__Host-qonto-pay-console=demo\.[\w-]{49}; Max-Age=604800; Path=\/; Secure; HttpOnly; SameSite=Strict$/,
    );
  });

  it("answers the same for a revoked key and for a merchant that does not exist", async () => {
    const { id, secret_key } = await answerAsServer<{ id: string; secret_key: string }>("POST", "keys");
    await answerAsServer("DELETE", `keys/${id}`);
    const revoked = await errorOf(await new ConsoleBrowser().signIn(secret_key));
    expect(revoked).toMatchObject({ code: "invalid_key" });
    const other = await errorOf(await new ConsoleBrowser().signIn(secret_key.replace("_demo_", "_none_")));
    expect(other.code).toBe("invalid_key");
  });

  it("is limited to 10 tries a minute", async () => {
    const bindings: Env = {
      ...(env as unknown as Env),
      QONTO_API_URL: "https://thirdparty-sandbox.staging.qonto.co",
      QONTO_OAUTH_URL: "https://oauth-sandbox.staging.qonto.co",
    };
    const tryFrom = async (address: string): Promise<number> => {
      const request = new Request("http://localhost:8787/v1/console/session", {
        method: "POST",
        headers: { ...OWN_PAGE, "CF-Connecting-IP": address },
        body: JSON.stringify({ secret_key: "sk_sandbox_demo_guessed-00000000" }),
      });
      return (await worker.fetch(request as Parameters<typeof worker.fetch>[0], bindings)).status;
    };
    // A minute may end in between, and then its 10 are counted from the start.
    const statuses = [];
    while (statuses.length < 21 && statuses.at(-1) !== 429) statuses.push(await tryFrom("192.0.2.77"));
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
    expect(statuses.at(-1)).toBe(429);
  });

  it("gets a new cookie, and ends the session that the browser had before", async () => {
    const browser = await signedIn();
    const before = new ConsoleBrowser(browser.cookie);
    expect((await browser.signIn(secretKeyOf("demo"))).status).toBe(201);
    expect(browser.cookie).not.toBe(before.cookie);
    expect([await stateOf(browser), await stateOf(before)]).toEqual(["accepted", "invalid_console_session"]);
  });

  it("ignores a cookie that an attacker planted", async () => {
    const planted = new ConsoleBrowser(`demo.${"a".repeat(49)}`);
    const attacker = new ConsoleBrowser(planted.cookie);
    await planted.signIn(secretKeyOf("demo"));
    expect(await stateOf(attacker)).toBe("invalid_console_session");
  });

  it("at another merchant ends the session at the first one", async () => {
    await openMerchant("other", []);
    const browser = await signedIn();
    const before = new ConsoleBrowser(browser.cookie);
    await browser.signIn(secretKeyOf("other"));
    expect(browser.cookie).toMatch(/^other\./);
    expect(await stateOf(before)).toBe("invalid_console_session");
  });
});

describe("a request of another site", () => {
  const SIGN_IN = { body: { secret_key: "sk_sandbox_demo_never-read" } };
  const FORGED: Readonly<Record<string, Readonly<Record<string, string | null>>>> = {
    "another origin": { Origin: "https://evil.example" },
    "another origin of the same site": { Origin: "http://localhost:5173", "Sec-Fetch-Site": "same-site" },
    "no origin": { Origin: null },
    "a sandboxed frame": { Origin: "null" },
    "a cross-site request": { "Sec-Fetch-Site": "cross-site" },
    "an address that the user typed": { "Sec-Fetch-Site": "none" },
    "another value of the header": { "Qonto-Pay-Console": "yes" },
  };

  it.each(Object.entries(FORGED))("is not authenticated by the cookie: %s", async (_name, headers) => {
    const browser = await signedIn();
    const denied = "origin_not_allowed";
    expect(await codeOf(browser.call("POST", "keys", { headers }))).toBe(denied);
    expect(await codeOf(browser.call("DELETE", "console/session", { headers }))).toBe(denied);
    expect(await codeOf(browser.call("POST", "console/session", { ...SIGN_IN, headers }))).toBe(denied);
    if (headers["Origin"] !== null) {
      expect(await codeOf(browser.call("GET", "keys", { headers }))).toBe(denied);
      expect(await codeOf(browser.call("GET", "console/session", { headers }))).toBe(denied);
    }
    expect(await stateOf(browser)).toBe("accepted");
  });

  it("without the header is not authenticated by the cookie, even from the same origin", async () => {
    const browser = await signedIn();
    const headers = { "Qonto-Pay-Console": null };
    for (const method of ["GET", "POST"]) {
      expect(await codeOf(browser.call(method, "keys", { headers }))).toBe("invalid_key");
    }
    const checkout = { items: [{ title: "Mug", quantity: 1 }] };
    expect(await codeOf(browser.call("POST", "checkouts", { body: checkout, headers }))).toBe("invalid_request");
    expect(await codeOf(browser.call("GET", "console/session", { headers }))).toBe("origin_not_allowed");
  });

  it("gets no permission to send the header, nor to read an answer", async () => {
    const browser = await signedIn();
    const foreign = { ...browser.headers, Origin: "https://evil.example" };
    const asked = new Request("http://localhost:8787/v1/checkouts", {
      method: "OPTIONS",
      headers: { ...foreign, "Access-Control-Request-Headers": "qonto-pay-console" },
    });
    const preflight = await SELF.fetch(asked);
    expect(preflight.headers.get("Access-Control-Allow-Headers")).toBe("Content-Type");
    expect(preflight.headers.get("Access-Control-Allow-Credentials")).toBeNull();
    const answer = await browser.call("GET", "keys", { headers: { Origin: "https://evil.example" } });
    expect(answer.headers.get("Access-Control-Allow-Origin")).toBeNull();
  });
});

describe("a session", () => {
  it("makes the calls of the merchant's server, with Idempotency-Keys", async () => {
    const browser = await signedIn();
    expect(await (await browser.call("GET", "products")).json()).toEqual(await answerAsServer("GET", "products"));
    const item = { title: "Poster", quantity: 1, price: { value: "12.00", currency: "EUR" } };
    const body = { items: [{ ...item, tax_behavior: "inclusive", vat_rate: "20" }] };
    const headers = { "Idempotency-Key": "console-0001" };
    const first = await browser.call("POST", "checkouts", { body, headers });
    expect(first.status).toBe(201);
    const again = await browser.call("POST", "checkouts", { body, headers });
    expect(again.headers.get("Idempotent-Replayed")).toBe("true");
    expect(await again.json()).toEqual(await first.json());
  });

  it("does not make the calls of the operator", async () => {
    const browser = await signedIn();
    expect(await codeOf(browser.call("PATCH", "merchants/demo", { body: { allowed_origins: [] } }))).toBe(
      "invalid_operator_session",
    );
  });

  it("belongs to one merchant", async () => {
    await openMerchant("other", []);
    const browser = await signedIn("other");
    const renamed = new ConsoleBrowser(browser.cookie.replace("other.", "demo."));
    expect(await stateOf(renamed)).toBe("invalid_console_session");
    expect(await codeOf(renamed.call("GET", "keys"))).toBe("invalid_console_session");
  });

  it("ends at once when the browser signs out", async () => {
    const browser = await signedIn();
    const stolen = new ConsoleBrowser(browser.cookie);
    const response = await browser.call("DELETE", "console/session");
    expect([response.status, browser.cookie]).toEqual([204, ""]);
    expect(response.headers.getSetCookie()[0]).toMatch(/^qonto-pay-console=; Max-Age=0; Path=\/;/);
    expect([await stateOf(stolen), await codeOf(stolen.call("GET", "keys"))]).toEqual([
      "invalid_console_session",
      "invalid_console_session",
    ]);
    expect((await browser.call("DELETE", "console/session")).status).toBe(204);
  });

  it("is listed, and can be revoked by another one and by a secret key", async () => {
    const [first, second] = [await signedIn(), await signedIn()];
    const list = await (await second.call("GET", "console/sessions")).json<{ data: SessionAnswer[] }>();
    expect(list.data.map(({ id }) => id).toSorted()).toEqual([await idOf(first), await idOf(second)].toSorted());
    expect(list.data.filter((session) => "current" in session && session.current === true)).toHaveLength(1);
    await second.call("DELETE", `console/sessions/${await idOf(first)}`);
    expect(await stateOf(first)).toBe("invalid_console_session");
    await answerAsServer("DELETE", `console/sessions/${await idOf(second)}`);
    expect(await stateOf(second)).toBe("invalid_console_session");
    expect(await answerAsServer("GET", "console/sessions")).toEqual({ data: [], has_more: false });
    const gone = await callAsServer("DELETE", "console/sessions/ses_00000000000000000000");
    expect((await errorOf(gone)).code).toBe("console_session_not_found");
  });

  it("ends 12 hours after its last use", async () => {
    const browser = await signedIn();
    letPass(11 * HOUR);
    expect(await stateOf(browser)).toBe("accepted");
    letPass(11 * HOUR);
    expect(await codeOf(browser.call("GET", "keys"))).toBe("accepted");
    letPass(12 * HOUR);
    expect(await codeOf(browser.call("GET", "keys"))).toBe("invalid_console_session");
    expect(await stateOf(browser)).toBe("invalid_console_session");
  });

  it("ends 7 days after the sign-in, regardless of its use", async () => {
    const browser = await signedIn();
    for (let day = 0; day < 7 * 4; day += 1) {
      expect(await stateOf(browser)).toBe("accepted");
      letPass(6 * HOUR);
    }
    expect(await stateOf(browser)).toBe("invalid_console_session");
    expect((await answerAsServer<{ data: unknown[] }>("GET", "console/sessions")).data).toEqual([]);
  });

  it("is limited in number: a further sign-in ends the one that was unused for longest", async () => {
    const oldest = await signedIn();
    letPass(MINUTE);
    for (let count = 0; count < 50; count += 1) await signedIn();
    expect(await stateOf(oldest)).toBe("invalid_console_session");
    expect((await answerAsServer<{ data: unknown[] }>("GET", "console/sessions")).data).toHaveLength(50);
  });

  it("of a viewer only reads", async () => {
    const browser = await signedIn();
    await runInDurableObject(merchantObject(), (_object, { storage }) => {
      storage.sql.exec("UPDATE console_sessions SET role = 'viewer'");
    });
    for (const path of ["keys", "products", "checkouts", "console/sessions"]) {
      expect(await codeOf(browser.call("GET", path))).toBe("accepted");
    }
    expect(await codeOf(browser.call("DELETE", "products/mug"))).toBe("owner_required");
    expect(await codeOf(browser.call("POST", "keys"))).toBe("owner_required");
    expect(await codeOf(browser.call("DELETE", `console/sessions/${await idOf(browser)}`))).toBe("owner_required");
    expect(await codeOf(browser.call("DELETE", "console/session"))).toBe("accepted");
  });

  it("must be fresh for keys and webhook endpoints", async () => {
    const browser = await signedIn();
    const body = { url: "https://shop.example/webhooks" };
    letPass(9 * MINUTE);
    const created = await browser.call("POST", "webhook_endpoints", { body });
    const { id } = await created.json<{ id: string }>();
    letPass(MINUTE);
    const refused = [
      browser.call("POST", "keys"),
      browser.call("DELETE", "keys/key_00000000000000000000"),
      browser.call("POST", "webhook_endpoints", { body }),
      browser.call("PATCH", `webhook_endpoints/${id}`, { body: { enabled: false } }),
      browser.call("DELETE", `webhook_endpoints/${id}`),
      browser.call("POST", `webhook_endpoints/${id}/rotate_secret`),
    ].map(codeOf);
    expect(new Set(await Promise.all(refused))).toEqual(new Set(["fresh_sign_in_required"]));
    expect(await (await browser.call("GET", "console/session")).json()).toMatchObject({ fresh: false });
    expect(await codeOf(browser.call("DELETE", "products/mug"))).toBe("accepted");
    await browser.signIn(secretKeyOf("demo"));
    expect(await codeOf(browser.call("DELETE", `webhook_endpoints/${id}`))).toBe("accepted");
  });
});

describe("revoking keys", () => {
  it("ends the sessions that were signed in with them, and no others", async () => {
    const [old] = (await answerAsServer<{ data: { id: string }[] }>("GET", "keys")).data;
    const { secret_key } = await answerAsServer<{ secret_key: string }>("POST", "keys");
    const before = await signedIn();
    const after = new ConsoleBrowser();
    await after.signIn(secret_key);
    expect(await errorOf(await before.call("DELETE", `keys/${old?.id}`))).toMatchObject({ code: "key_in_use" });
    expect(await codeOf(after.call("DELETE", `keys/${old?.id}`))).toBe("accepted");
    expect([await stateOf(before), await stateOf(after)]).toEqual(["invalid_console_session", "accepted"]);
  });

  it("by the operator ends all sessions", async () => {
    const browser = await signedIn();
    await administer("POST", "/v1/merchants/demo/replace_keys");
    expect(await stateOf(browser)).toBe("invalid_console_session");
  });

  it.each(["just before", "just after"])(
    "leaves no way back to a thief whose session creates a key %s that",
    async (when) => {
      const sessionHash = await digestOf((await signedIn()).cookie);
      const ours = await runInDurableObject(merchantObject(), async (object: MerchantObject) => {
        const replace = () => object.administer("replaceKeys", {}, "incident-0001");
        const replaced = when === "just after" ? replace() : null;
        const thiefs = object.serve({ sessionHash }, "createKey", null, "thief-00001");
        const outcome = await (replaced ?? replace());
        await thiefs;
        return outcome;
      });
      if (!ours.ok) throw new Error("the keys were not replaced");
      const key = ours.value.answer.secret_key;
      const { data: keys } = await answerAsServer<{ data: { id: string }[] }>("GET", "keys", { key });
      expect(keys.map(({ id }) => id)).toEqual([ours.value.answer.id]);
    },
  );
});

it("a thief whose session was revoked while it creates a key gets none", async () => {
  const sessionHash = await digestOf((await signedIn()).cookie);
  const thiefs = await runInDurableObject(merchantObject(), async (object: MerchantObject) => {
    const creating = object.serve({ sessionHash }, "createKey", null, "thief-00001");
    await object.signOutOfConsole(sessionHash);
    return creating;
  });
  expect(thiefs).toMatchObject({ ok: false, code: "invalid_console_session" });
  expect((await answerAsServer<{ data: unknown[] }>("GET", "keys")).data).toHaveLength(1);
});

it("no log line, answer or stored row contains the cookie or the key of a session", async () => {
  const lines: string[] = [];
  for (const method of ["log", "error", "warn", "info", "debug"] as const) {
    vi.spyOn(console, method).mockImplementation((...parts: unknown[]) => void lines.push(parts.map(String).join(" ")));
  }
  const browser = new ConsoleBrowser();
  const answers = [await (await browser.signIn(secretKeyOf("demo"))).text()];
  for (const path of ["console/session", "console/sessions", "keys"]) {
    answers.push(await (await browser.call("GET", path)).text());
  }
  answers.push(
    await (await browser.call("GET", "products", { headers: { Cookie: `${COOKIE}=${browser.cookie}x` } })).text(),
  );
  const stored = await runInDurableObject(merchantObject(), (_object, { storage }) =>
    JSON.stringify(storage.sql.exec("SELECT * FROM console_sessions").toArray()),
  );
  const random = browser.cookie.split(".")[1] ?? "";
  expect(random).toHaveLength(49);
  for (const secret of [random, secretKeyOf("demo")]) {
    expect(answers.join("\n")).not.toContain(secret);
    expect(lines.join("\n")).not.toContain(secret);
    expect(stored).not.toContain(secret);
  }
  vi.restoreAllMocks();
});

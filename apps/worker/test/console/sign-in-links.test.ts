import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { digestOf } from "../../src/crypto/digest.ts";
import type { MerchantObject } from "../../src/merchant-object/merchant-object.ts";
import { administer } from "../support/connect.ts";
import { ConsoleBrowser, newSignInLink, signedIn } from "../support/console.ts";
import { fetchWorker } from "../support/fetch-worker.ts";
import { merchantObject } from "../support/object/merchant-object.ts";
import { answerAsServer, callAsServer } from "../support/server.ts";
import { errorOf, openShop, secretKeyOf } from "../support/shop.ts";

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
});

const MINUTE = 60_000;

function letPass(ms: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });
}

async function codeOf(response: Promise<Response>): Promise<string> {
  const answer = await response;
  return answer.ok ? "accepted" : (await errorOf(answer)).code;
}

describe("a sign-in link", () => {
  it("leads to a page of the console, with a token that no server receives", async () => {
    const body = { role: "viewer", name: "Ada" };
    const { url } = await answerAsServer<{ url: string }>("POST", "console/sign_in_links", { body });
    expect(url).toMatch(/^http:\/\/localhost:8787\/console#sign-in=demo\.[\w-]{49}$/);
  });

  it("signs one browser in, once, with its role and its name", async () => {
    const { token } = await newSignInLink("demo", { role: "viewer", name: "Ada" });
    const browser = new ConsoleBrowser();
    const response = await browser.follow(token);
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({
      role: "viewer",
      name: "Ada",
      signed_in_with: "link",
      secret_key: { ends_with: secretKeyOf("demo").slice(-4) },
      fresh: true,
    });
    expect(await codeOf(browser.call("GET", "products"))).toBe("accepted");
    expect(await codeOf(browser.call("DELETE", "products/mug"))).toBe("owner_required");
    expect(await codeOf(new ConsoleBrowser().follow(token))).toBe("invalid_sign_in_link");
  });

  it("is not used up by a request for its page", async () => {
    const { token } = await newSignInLink();
    for (const method of ["GET", "HEAD"]) {
      await fetchWorker(`http://localhost:8787/v1/console/session?link_token=${token}`, { method });
      await fetchWorker(`http://localhost:8787/console?sign-in=${token}`, { method });
    }
    expect(await codeOf(new ConsoleBrowser().follow(token))).toBe("accepted");
  });

  it("is used by one of many simultaneous requests", async () => {
    const { token } = await newSignInLink();
    const codes = await Promise.all(Array.from({ length: 10 }, () => codeOf(new ConsoleBrowser().follow(token))));
    expect(codes.toSorted()).toEqual(["accepted", ...Array.from({ length: 9 }, () => "invalid_sign_in_link")]);
  });

  it("ends 15 minutes after its creation, or after the requested time", async () => {
    const [soon, later] = [await newSignInLink(), await newSignInLink("demo", { expires_in: 3600 })];
    letPass(15 * MINUTE);
    expect(await codeOf(new ConsoleBrowser().follow(soon.token))).toBe("invalid_sign_in_link");
    const { data } = await answerAsServer<{ data: { id: string }[] }>("GET", "console/sign_in_links");
    expect(data.map(({ id }) => id)).toEqual([later.id]);
    letPass(44 * MINUTE);
    expect(await codeOf(new ConsoleBrowser().follow(later.token))).toBe("accepted");
  });

  it("ends the session that the browser had before", async () => {
    const browser = await signedIn();
    const before = new ConsoleBrowser(browser.cookie);
    await browser.follow((await newSignInLink()).token);
    expect(await codeOf(before.call("GET", "console/session"))).toBe("invalid_console_session");
  });

  it("can be deleted before it is used", async () => {
    const { id, token } = await newSignInLink();
    expect(await answerAsServer("DELETE", `console/sign_in_links/${id}`)).toEqual({ data: [], has_more: false });
    expect(await codeOf(new ConsoleBrowser().follow(token))).toBe("invalid_sign_in_link");
    expect(await codeOf(callAsServer("DELETE", `console/sign_in_links/${id}`))).toBe("sign_in_link_not_found");
  });

  it("is created by an owner with a fresh sign-in only", async () => {
    const create = (browser: ConsoleBrowser) =>
      codeOf(browser.call("POST", "console/sign_in_links", { body: { role: "owner", name: "Eve" } }));
    const viewer = new ConsoleBrowser();
    await viewer.follow((await newSignInLink("demo", { role: "viewer" })).token);
    expect(await create(viewer)).toBe("owner_required");
    const owner = await signedIn();
    expect(await create(owner)).toBe("accepted");
    letPass(10 * MINUTE);
    expect(await create(owner)).toBe("fresh_sign_in_required");
  });

  it("ends with the secret key that created it, and so do its sessions, through other sessions, too", async () => {
    const { id, secret_key } = await answerAsServer<{ id: string; secret_key: string }>("POST", "keys");
    const thief = new ConsoleBrowser();
    await thief.signIn(secret_key);
    const invite = async (): Promise<string> => {
      const invited = await thief.call("POST", "console/sign_in_links", { body: { role: "owner", name: "Eve" } });
      return new URL((await invited.json<{ url: string }>()).url).hash.replace("#sign-in=", "");
    };
    const [used, unused] = [await invite(), await invite()];
    const accomplice = new ConsoleBrowser();
    await accomplice.follow(used);
    await answerAsServer("DELETE", `keys/${id}`);
    expect(await codeOf(accomplice.call("GET", "console/session"))).toBe("invalid_console_session");
    expect(await codeOf(new ConsoleBrowser().follow(unused))).toBe("invalid_sign_in_link");
  });

  it("is not created by a session that is revoked meanwhile", async () => {
    const sessionHash = await digestOf((await signedIn()).cookie);
    const created = await runInDurableObject(merchantObject(), async (object: MerchantObject) => {
      const creating = object.serve({ sessionHash }, "createSignInLink", { role: "owner", name: "Eve" }, "thief-00001");
      await object.signOutOfConsole(sessionHash);
      return creating;
    });
    expect(created).toMatchObject({ ok: false, code: "invalid_console_session" });
    expect(await answerAsServer("GET", "console/sign_in_links")).toEqual({ data: [], has_more: false });
  });

  it("ends when the operator replaces all keys", async () => {
    const { token } = await newSignInLink();
    await administer("POST", "/v1/merchants/demo/replace_keys");
    expect(await codeOf(new ConsoleBrowser().follow(token))).toBe("invalid_sign_in_link");
  });

  it("is limited in number: a further one deletes the oldest", async () => {
    const oldest = await newSignInLink();
    letPass(MINUTE);
    for (let count = 0; count < 50; count += 1) await newSignInLink();
    expect(await codeOf(new ConsoleBrowser().follow(oldest.token))).toBe("invalid_sign_in_link");
  });

  it("is stored as a hash, also for a repeated call", async () => {
    const call = { body: { role: "owner", name: "Ada" }, idempotencyKey: "invite-0001" };
    const link = await answerAsServer<{ url: string }>("POST", "console/sign_in_links", call);
    expect(await answerAsServer("POST", "console/sign_in_links", call)).toEqual(link);
    const stored = await runInDurableObject(merchantObject(), (_object, { storage }) =>
      ["sign_in_links", "idempotency_keys"].map((table) => storage.sql.exec(`SELECT * FROM ${table}`).toArray()),
    );
    expect(JSON.stringify(stored)).not.toContain(new URL(link.url).hash.split(".")[1]);
  });
});

import { describe, expect, it } from "vitest";
import { startConsole } from "./support/console.ts";

const console = startConsole();
const heading = () => console.page.getByRole("heading", { level: 1 });
const field = () => console.page.getByLabel("Secret key");
const submit = () => console.page.getByRole("button", { name: "Sign in", exact: true });

/** The browser reports each rejected request in its console. */
function expectRejectedRequest(status: number): void {
  expect(console.mistakes).toEqual([expect.stringContaining(`status of ${status}`)]);
  console.mistakes = [];
}

describe("signing in", () => {
  it("works by keyboard with a secret key, and stores no key in the browser", async () => {
    const { page, stack } = console;
    await page.goto(console.url);
    await expect.poll(() => heading().innerText()).toBe("Sign in");
    await field().focus();
    await page.keyboard.type(stack.secretKey);
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByRole("button", { name: "Sign out" }).isVisible()).toBe(true);

    const stored = await page.evaluate(() =>
      JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie]),
    );
    expect(stored).not.toContain("sk_");
    expect(page.url()).toBe(console.url);
    expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain(stack.secretKey);
  });

  it("says beside the field what is wrong, keeps what was typed, and sends no key that can't be one", async () => {
    const { page } = console;
    await page.goto(console.url);
    for (const [typed, problem] of [
      ["", "Enter your secret key."],
      ["pk_sandbox_demo", "This is a publishable key. Enter the secret key, which begins with sk_."],
      ["sk_live", "This key is not valid. Check that you copied all of it, and that it was not revoked."],
    ] as const) {
      await field().fill(typed);
      await submit().click();
      await expect.poll(() => page.getByText(problem).isVisible()).toBe(true);
      expect(await field().inputValue()).toBe(typed);
      expect(await field().evaluate((input) => input === (input.getRootNode() as ShadowRoot).activeElement)).toBe(true);
    }
  });

  it("names the environment of a key of another deployment", async () => {
    await console.page.goto(console.url);
    await field().fill("sk_live_demo_0123456789abcdef0123456789abcdef");
    await submit().click();
    await expect.poll(() => console.page.getByText("This is a live key, and this is a test").isVisible()).toBe(true);
    expectRejectedRequest(401);
  });

  it("shows a revoked or wrong key, and accepts the right one afterwards", async () => {
    await console.page.goto(console.url);
    await field().fill(`${console.stack.secretKey.slice(0, -4)}AAAA`);
    await submit().click();
    await expect.poll(() => console.page.getByText("This key is not valid.").isVisible()).toBe(true);
    expectRejectedRequest(401);
    await field().fill(console.stack.secretKey);
    await submit().click();
    await expect.poll(() => console.page.getByRole("button", { name: "Sign out" }).isVisible()).toBe(true);
  });

  it("shows a server that does not answer, and continues once it does", async () => {
    await console.open();
    await console.page.route("**/v1/**", (route) => route.abort());
    await console.page.reload();
    await expect.poll(() => console.page.getByText("The server did not answer.").isVisible()).toBe(true);
    console.mistakes = [];
    await console.page.unroute("**/v1/**");
    await console.page.getByRole("button", { name: "Try again" }).click();
    await expect.poll(() => heading().innerText()).toBe("Payments");
  });

  it("works with a sign-in link, whose token is removed from the address", async () => {
    const body = { role: "viewer", name: "Ada" };
    const link = await console.server.call<{ url: string }>("POST", "console/sign_in_links", {
      body,
      idempotencyKey: crypto.randomUUID(),
    });
    await console.page.goto(link.url);
    await console.page.getByRole("link", { name: "Account" }).click();
    await expect.poll(() => console.page.getByText("With the sign-in link of Ada").isVisible()).toBe(true);
    expect(console.page.url()).toBe(`${console.url}#/account`);
    expect(await console.page.getByText("Viewer").isVisible()).toBe(true);
  });

  it("removes the token of a sign-in link from the address, and says if the link is not valid", async () => {
    await console.page.goto(`${console.url}#sign-in=no-such-token`);
    await expect.poll(() => console.page.getByText("This sign-in link was used").isVisible()).toBe(true);
    expect(console.page.url()).toBe(console.url);
    console.mistakes = [];
  });
});

describe("signing out", () => {
  it("ends the session at the Worker, not only in the browser", async () => {
    await console.open();
    const [cookie] = await console.context.cookies();
    await console.page.getByRole("button", { name: "Sign out" }).click();
    await expect.poll(() => heading().innerText()).toBe("Sign in");
    expect(await console.context.cookies()).toEqual([]);

    await console.context.addCookies(cookie === undefined ? [] : [cookie]);
    const response = await console.context.request.get(`${console.stack.workerUrl}/v1/console/session`, {
      headers: { "Qonto-Pay-Console": "1" },
    });
    expect(response.status()).toBe(401);
  });
});

describe("a session that ends in the middle of work", () => {
  it("asks for a sign-in over the page, which then continues with what was being done", async () => {
    await console.open();
    await console.visitAs({});
    await console.open("#/account");
    const { page } = console;
    await expect.poll(() => page.getByRole("button", { name: "End this session" }).count()).toBeGreaterThan(0);
    await page.locator("account-page").evaluate((element) => Object.assign(element, { isSame: true }));
    await console.context.clearCookies();
    await page.getByRole("button", { name: "End this session" }).last().click();
    await expect.poll(() => page.getByRole("dialog", { name: "Sign in again" }).isVisible()).toBe(true);
    expectRejectedRequest(401);

    // Escape does not remove the dialog.
    await page.keyboard.press("Escape");
    await field().fill(console.stack.secretKey);
    await submit().click();
    await expect.poll(() => page.getByText("The session has ended.").isVisible()).toBe(true);
    await expect.poll(() => page.getByRole("dialog").isVisible()).toBe(false);
    expect(await page.locator("account-page").evaluate((element) => "isSame" in element)).toBe(true);
  });
});

describe("the account page", () => {
  it("lists the signed-in browsers, and ends another one's session", async () => {
    await console.open();
    await console.visitAs({});
    await console.open("#/account");
    const others = console.page.getByRole("button", { name: "End this session" });
    await expect.poll(() => others.count()).toBeGreaterThan(0);
    const before = await others.count();
    await others.first().click();
    await expect.poll(() => console.page.getByText("The session has ended.").isVisible()).toBe(true);
    expect(await others.count()).toBe(before - 1);
  });
});

describe("a test deployment", () => {
  it.each(["without a session", "with a session"])("shows a band, a word and a colour: %s", async (how) => {
    if (how === "with a session") await console.open();
    else await console.page.goto(console.url);
    await expect.poll(() => console.page.getByText("No real money moves.").isVisible()).toBe(true);
    expect(await console.page.title()).toMatch(/^Test · /);
    const colour = await console.page.locator(".band").evaluate((band) => getComputedStyle(band).backgroundColor);
    expect(colour).toBe("rgb(255, 212, 59)");
  });
});

describe("the content security policy", () => {
  it("allows nothing from elsewhere, no inline styles, and requires trusted types", async () => {
    const response = await fetch(console.url);
    expect(response.status).toBe(200);
    const policy = response.headers.get("Content-Security-Policy") ?? "";
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types lit-html");
    await console.open();
    await expect.poll(() => heading().innerText()).toBe("Payments");
    const thrown = await console.page.evaluate(() => {
      try {
        document.createElement("p").innerHTML = "<b>text</b>";
        return "nothing";
      } catch (error) {
        return (error as Error).name;
      }
    });
    expect(thrown).toBe("TypeError");
    // The browser reports the violation that this test caused.
    console.mistakes = [];
  });
});

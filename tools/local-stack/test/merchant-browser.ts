import type { BrowserContext, Page } from "playwright-core";

export const DESCRIPTION =
  "We throw stoneware mugs by hand, and sell them in our shop and to the visitors of our workshop.";

const CONSENT_PAGE = /\/oauth2\/auth\?/;

/** The browser of a merchant who connects Qonto, one tab at a time. */
export class MerchantBrowser {
  readonly context: BrowserContext;
  readonly #merchantPage: string;
  #page: Page;

  /** @param merchantPage where the Worker shows the current step, `/connect/{merchant}`. */
  static async open(context: BrowserContext, merchantPage: string): Promise<MerchantBrowser> {
    return new MerchantBrowser(context, merchantPage, await context.newPage());
  }

  private constructor(context: BrowserContext, merchantPage: string, page: Page) {
    this.context = context;
    this.#merchantPage = merchantPage;
    this.#page = page;
  }

  get page(): Page {
    return this.#page;
  }

  /** Closes the tab, and opens the merchant's page or another address in a new one. */
  async startOver(address = this.#merchantPage): Promise<void> {
    await this.#page.close();
    this.#page = await this.context.newPage();
    await this.#page.goto(address);
  }

  press(button: string): Promise<void> {
    return this.#page.getByRole("button", { name: button, exact: true }).click();
  }

  follow(link: string): Promise<void> {
    return this.#page.getByRole("link", { name: link, exact: true }).click();
  }

  /** Waits until a page has this heading. */
  shows(title: string): Promise<void> {
    return this.#page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();
  }

  /** Returns the whole text of a page. */
  text(): Promise<string> {
    return this.#page.getByRole("main").innerText();
  }

  /** The label of the step that is marked as the current one. */
  currentStep(): Promise<string> {
    return this.#page.locator('[aria-current="step"]').innerText();
  }

  async begin(connectUrl: string): Promise<void> {
    await this.#page.goto(connectUrl);
    await this.press("Begin");
    await this.shows("Connect your Qonto account");
  }

  /** Goes to Qonto's authorization page. */
  async goToQonto(): Promise<void> {
    await this.press("Continue at Qonto");
    await this.#page.waitForURL(CONSENT_PAGE);
  }

  async consent(): Promise<void> {
    await this.goToQonto();
    await this.press("Allow");
  }

  /** Allows access at Qonto. @returns the address that Qonto redirects the browser to, which is not opened. */
  async consentWithoutComingBack(): Promise<string> {
    await this.goToQonto();
    let address = "";
    await this.#page.route(CONSENT_PAGE, async (route) => {
      const answer = await route.fetch({ maxRedirects: 0 });
      address = answer.headers()["location"] ?? "";
      // The browser stays on its page.
      await route.fulfill({ status: 204 });
    });
    await Promise.all([this.#page.waitForResponse((answer) => answer.status() === 204), this.press("Allow")]);
    await this.#page.unroute(CONSENT_PAGE);
    return address;
  }

  /** Fills in the form of the business step, and sends it. */
  async describeBusiness(): Promise<void> {
    await this.#page.getByLabel("Phone number").fill("+33 6 12 34 56 78");
    await this.#page.getByLabel("Website").fill("shop.example");
    await this.#page.getByLabel("What your business sells").fill(DESCRIPTION);
    await this.press("Connect");
  }

  /** Presses Tab until the element whose name begins with this text has the focus, visibly. */
  async tabTo(name: string): Promise<void> {
    for (let presses = 0; presses < 10; presses += 1) {
      await this.#page.keyboard.press("Tab");
      const focused = this.#page.locator(":focus-visible");
      if ((await focused.count()) === 0) continue;
      const text = await focused.evaluate(
        (control) => control.closest("label")?.innerText ?? control.textContent ?? "",
      );
      if (text.trim().startsWith(name)) return;
    }
    throw new Error(`Tab does not lead to "${name}"`);
  }
}

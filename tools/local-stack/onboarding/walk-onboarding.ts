import { PageBrowser } from "./page-browser.ts";

/** Sample input for the form of the business step. */
const BUSINESS = {
  phone: "+33 6 12 34 56 78",
  website: "https://shop.example",
  description: "We throw stoneware mugs by hand, and sell them in our shop and to the visitors of our workshop.",
} as const;

/** The steps of the Worker's pages, by their labels there. */
const STEPS = ["Qonto", "Business", "Provider", "Ready"] as const;
type Step = (typeof STEPS)[number];

/**
 * Takes a merchant from the current step to the last one, over HTTP, with the requests that a browser would make:
 * through the Worker's pages, Qonto's authorization page and the payment provider's.
 *
 * @param connectUrl an unused link.
 * @throws Error naming the page that did not lead to the next one.
 */
export async function walkOnboarding(connectUrl: string): Promise<void> {
  const { origin, pathname, searchParams } = new URL(connectUrl);
  const ownPage = `${origin}${pathname}`;
  const browser = new PageBrowser();
  await browser.get(connectUrl);
  await browser.post(ownPage, { token: searchParams.get("token") ?? "" });

  let page = await browser.get(ownPage);
  const walk = async (step: Step, take: () => Promise<unknown>): Promise<void> => {
    if (stepOf(page) !== step) return;
    await take();
    page = await browser.get(ownPage);
  };
  await walk("Qonto", async () => {
    const consentPage = await browser.post(`${ownPage}/consent`);
    await browser.get(await browser.post(consentPage, { decision: "allow" }));
  });
  await walk("Business", async () => {
    const bankAccount = read(page, /name="bank_account" value="([^"]+)"/, "a bank account");
    await browser.post(`${ownPage}/connection`, { ...BUSINESS, bank_account: bankAccount });
  });
  await walk("Provider", async () => {
    const providerPage = read(page, /rel="noreferrer" href="([^"]+)"/, "a link to the payment provider");
    await browser.post(providerPage, { outcome: "enabled" });
  });
  if (stepOf(page) !== "Ready") throw new Error(`the onboarding stopped at the step "${stepOf(page)}"`);
}

function stepOf(page: string): Step {
  const label = read(page, /aria-current="step">([^<]+)</, "a step");
  const step = STEPS.find((known) => known === label);
  if (step === undefined) throw new Error(`the onboarding has an unknown step "${label}"`);
  return step;
}

function read(page: string, pattern: RegExp, what: string): string {
  const [, found] = pattern.exec(page) ?? [];
  if (found === undefined) throw new Error(`a page of the onboarding does not show ${what}`);
  return found;
}

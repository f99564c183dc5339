import { PageBrowser } from "./page-browser.ts";

const TEST_CARD = { cardNumber: "4543 4740 0224 9996", expirationDate: "12/34", cvc: "123" } as const;

/** Pays at the sandbox's pay page with the test card, with the requests that a browser would make. */
export async function payOverHttp(payUrl: string): Promise<void> {
  const browser = new PageBrowser();
  const choice = await browser.post(stepOf(payUrl, "card"), TEST_CARD);
  await browser.post(stepOf(choice, "status"), { status: "paid" });
}

function stepOf(payUrl: string, step: string): string {
  const url = new URL(payUrl);
  url.pathname += `/${step}`;
  return url.href;
}

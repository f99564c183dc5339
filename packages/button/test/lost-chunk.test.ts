import { hurry, newProduct, report, setScript, until, WORKER } from "./support/page.ts";

describe("a status whose stream chunk can't be loaded", () => {
  it("is shown and polled", async () => {
    const id = newProduct();
    await setScript(id, { statuses: [report(id, "open"), { status: 503, body: "" }, report(id, "paid")] });
    await import(`/_without-watching${new URL("../src/define-status.ts", import.meta.url).pathname}`);
    const element = document.createElement("qonto-pay-status");
    for (const [name, value] of Object.entries({ checkout: id, token: "t", endpoint: WORKER })) {
      element.setAttribute(name, value);
    }
    const untilShown = (text: string) =>
      until(() => element.shadowRoot?.querySelector("[part~=status]")?.textContent.includes(text) === true);
    const calmDown = hurry(window, 10, [], 15_000);
    try {
      document.body.append(element);
      await untilShown("Not paid yet");
      await untilShown("can't be reached");
      await untilShown("Paid");
    } finally {
      calmDown();
      element.remove();
    }
  });
});

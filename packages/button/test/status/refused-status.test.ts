import { expect } from "@open-wc/testing";
import { SECTIONS } from "../../src/help/tell.ts";
import { en } from "../../src/locales/status-messages.ts";
import { closeStreams, journal, report, setScript, until, workerError } from "../support/page.ts";
import { heardWarnings } from "../support/heard-warnings.ts";
import { openStatus, part, textOf, untilWords, closeStatuses } from "../support/status-element.ts";

describe("a status request that the Worker rejects", () => {
  const warnings = heardWarnings();
  afterEach(closeStatuses);

  const MESSAGE = "Payments are not allowed from this website.";
  const refusal = { status: 403, body: workerError("origin_not_allowed", MESSAGE) };

  it("shows the shopper a general text, and logs the reason once", async () => {
    const opened = await openStatus(() => [refusal]);
    await untilWords(opened, "refused");
    expect(part(opened, "words").textContent).to.equal("Status can't be shown");
    expect(part(opened, "hint").textContent).to.equal(
      "This page is not set up completely. Ask the shop about your payment.",
    );
    await until(() => warnings.length > 0);
    expect(warnings).to.deep.equal([
      [`qonto-pay-status: origin_not_allowed: ${MESSAGE}\n${SECTIONS.status}`, opened.element],
    ]);
    document.dispatchEvent(new Event("visibilitychange"));
    await until(async () => (await journal(opened.id)).requests.length === 4);
    await opened.element.updateComplete;
    expect(warnings).to.have.length(1);
  });

  it("is repeated when the page becomes visible, and succeeds if the Worker was set up", async () => {
    const opened = await openStatus(() => [refusal]);
    await untilWords(opened, "refused");
    await setScript(opened.id, { statuses: [report(opened.id, "paid")] });
    document.dispatchEvent(new Event("visibilitychange"));
    await untilWords(opened, "paid");
  });

  it("with a response that is not the Worker's is logged as bad_answer", async () => {
    const opened = await openStatus(() => [{ status: 404, body: "<h1>Not found</h1>" }]);
    await untilWords(opened, "refused");
    await until(() => warnings.length > 0);
    expect(warnings).to.have.length(1);
    expect(warnings[0]?.[0]).to.match(/^qonto-pay-status: bad_answer: .*`endpoint`/);
  });

  it("leaves the known status visible", async () => {
    const opened = await openStatus();
    await untilWords(opened, "open");
    await setScript(opened.id, { statuses: [refusal] });
    await closeStreams(opened.id);
    await until(() => textOf(opened).includes(en.refused_hint));
    expect(part(opened, "words").textContent).to.equal(en.open);
    expect(textOf(opened)).not.to.include(en.trouble_hint);
  });
});

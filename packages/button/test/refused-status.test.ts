import { expect } from "@open-wc/testing";
import "../src/define-status.ts";
import { QontoPayStatusEvent } from "../src/index.ts";
import type { QontoPayStatus } from "../src/elements/qonto-pay-status.ts";
import { en } from "../src/locales/status-messages.ts";
import { closeStreams, journal, newProduct, report, setScript, until, workerError, WORKER } from "./support/page.ts";
import { heardWarnings } from "./support/heard-warnings.ts";
import type { Script } from "./support/scripted-worker.ts";

interface Opened {
  readonly element: QontoPayStatus;
  readonly id: string;
  readonly heard: QontoPayStatusEvent[];
}

async function open(
  statuses: (id: string) => Script["statuses"] = (id) => [report(id, "open")],
  attributes: Readonly<Record<string, string>> = {},
  children = "",
): Promise<Opened> {
  const id = newProduct();
  const given = statuses(id);
  await setScript(id, given === undefined ? {} : { statuses: given });
  const element = document.createElement("qonto-pay-status");
  for (const [name, value] of Object.entries({ checkout: id, token: "t o/k", endpoint: WORKER, ...attributes })) {
    element.setAttribute(name, value);
  }
  element.innerHTML = children;
  const heard: QontoPayStatusEvent[] = [];
  element.addEventListener("qonto-pay-status", (event) => heard.push(event));
  document.body.append(element);
  await element.updateComplete;
  return { element, id, heard };
}

const part = ({ element }: Opened, name: string): HTMLElement => {
  const found = element.shadowRoot?.querySelector<HTMLElement>(`[part~=${name}]`);
  if (found == null) throw new Error(`There is no part ${name}.`);
  return found;
};

/** Returns the whole text of the element. */
const textOf = (opened: Opened): string => part(opened, "status").textContent;

const untilWords = (opened: Opened, words: string): Promise<void> =>
  until(() => part(opened, "status").part.contains(words));

describe("a status request that the Worker rejects", () => {
  const warnings = heardWarnings();
  afterEach(() => {
    for (const element of document.querySelectorAll("qonto-pay-status")) element.remove();
  });

  const MESSAGE = "Payments are not allowed from this website.";
  const refusal = { status: 403, body: workerError("origin_not_allowed", MESSAGE) };

  it("shows the shopper a general text, and logs the reason once", async () => {
    const opened = await open(() => [refusal]);
    await untilWords(opened, "refused");
    expect(part(opened, "words").textContent).to.equal("Status can't be shown");
    expect(part(opened, "hint").textContent).to.equal(
      "This page is not set up completely. Ask the shop about your payment.",
    );
    expect(warnings).to.deep.equal([["qonto-pay-status:", "origin_not_allowed", MESSAGE, opened.element]]);
    document.dispatchEvent(new Event("visibilitychange"));
    await until(async () => (await journal(opened.id)).requests.length === 4);
    await opened.element.updateComplete;
    expect(warnings).to.have.length(1);
  });

  it("is repeated when the page becomes visible, and succeeds if the Worker was set up", async () => {
    const opened = await open(() => [refusal]);
    await untilWords(opened, "refused");
    await setScript(opened.id, { statuses: [report(opened.id, "paid")] });
    document.dispatchEvent(new Event("visibilitychange"));
    await untilWords(opened, "paid");
  });

  it("with a response that is not the Worker's is logged as bad_answer", async () => {
    const opened = await open(() => [{ status: 404, body: "<h1>Not found</h1>" }]);
    await untilWords(opened, "refused");
    expect(warnings.map((said) => said.slice(0, 2))).to.deep.equal([["qonto-pay-status:", "bad_answer"]]);
  });

  it("leaves the known status visible", async () => {
    const opened = await open();
    await untilWords(opened, "open");
    await setScript(opened.id, { statuses: [refusal] });
    await closeStreams(opened.id);
    await until(() => textOf(opened).includes(en.refused_hint));
    expect(part(opened, "words").textContent).to.equal(en.open);
    expect(textOf(opened)).not.to.include(en.trouble_hint);
  });
});

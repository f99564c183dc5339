import { expect } from "@open-wc/testing";
import { en } from "../../src/locales/status-messages.ts";
import { hurry, report, setScript, until, workerError } from "../support/page.ts";
import { closeStatuses, openStatus, part, textOf, untilWords } from "../support/status-element.ts";

describe("a status that is shown", () => {
  afterEach(closeStatuses);

  it("that takes long to read says so", async () => {
    const calmDown = hurry(window, 20, [], 3_000);
    try {
      const opened = await openStatus(() => [{ delay_ms: 3_000, status: 503, body: "" }]);
      expect(part(opened, "words").textContent).to.equal(en.loading);
      expect(textOf(opened)).not.to.include(en.loading_hint);
      await until(() => textOf(opened).includes(en.loading_hint));
      expect(part(opened, "status").part.contains("loading")).to.equal(true);
    } finally {
      calmDown();
    }
  });

  it("says at once that the device is offline, and is read again when it is online", async () => {
    const opened = await openStatus();
    await untilWords(opened, "open");
    dispatchEvent(new Event("offline"));
    await opened.element.updateComplete;
    expect(part(opened, "words").textContent, "the last known status").to.equal(en.open);
    expect(textOf(opened)).to.include(en.offline_hint).and.not.to.include(en.open_hint);
    await setScript(opened.id, { statuses: [report(opened.id, "paid")] });
    dispatchEvent(new Event("online"));
    await untilWords(opened, "paid");
    dispatchEvent(new Event("offline"));
    await opened.element.updateComplete;
    expect(textOf(opened), "a paid checkout needs no connection").not.to.include(en.offline_hint);
  });

  it("is unknown while the device is offline", async () => {
    Object.defineProperty(navigator, "onLine", { configurable: true, value: false });
    try {
      const opened = await openStatus(() => [{ status: 503, body: "" }], {}, `<i slot="offline">No network</i>`);
      await untilWords(opened, "offline");
      expect(part(opened, "words").getClientRects(), "the slotted content replaces it").to.have.length(0);
      expect(opened.element.querySelector("i")?.getClientRects()).to.have.length(1);
    } finally {
      Reflect.deleteProperty(navigator, "onLine");
    }
  });

  for (const [backUrl, href] of [
    ["https://shop.example/cart?x=1", "https://shop.example/cart?x=1"],
    ["/", `${location.origin}/`],
    ["javascript:alert(1)", undefined],
    ["data:text/html,x", undefined],
    ["", undefined],
  ] as const) {
    it(`has ${href === undefined ? "no link" : "a link"} back with back-url="${backUrl}"`, async () => {
      const opened = await openStatus((id) => [report(id, "paid")], { "back-url": backUrl });
      await untilWords(opened, "paid");
      const link = part(opened, "back") as HTMLAnchorElement;
      expect(link.textContent).to.equal("Back to the shop");
      expect(link.getClientRects()).to.have.length(href === undefined ? 0 : 1);
      expect(link.getAttribute("href") === null ? undefined : link.href).to.equal(href);
    });
  }

  it("has an icon of its own in each state", async () => {
    const icons = new Set<string>();
    for (const [words, answer] of [
      ["open", undefined],
      ["processing", undefined],
      ["paid", undefined],
      ["expired", undefined],
      ["canceled", undefined],
      ["unknown", { status: 404, body: workerError("checkout_not_found", "This checkout does not exist.") }],
      ["refused", { status: 403, body: workerError("origin_not_allowed", "Not from here.") }],
    ] as const) {
      const opened = await openStatus((id) => [answer ?? report(id, words)]);
      await untilWords(opened, words);
      const icon = part(opened, "icon");
      const [own, after] = [getComputedStyle(icon), getComputedStyle(icon, "::after")];
      expect(icon.offsetWidth, words).to.equal(48);
      expect(icon.getAttribute("aria-hidden")).to.equal("true");
      icons.add([own.borderTopStyle, own.maskImage, after.content, after.rotate, after.borderLeftStyle].join());
    }
    expect(icons.size).to.equal(7);
  });
});

import { expect } from "@open-wc/testing";
import { en } from "../../src/locales/status-messages.ts";
import {
  beat,
  closeStreams,
  hurry,
  journal,
  MortalWorker,
  newProduct,
  push,
  report,
  setScript,
  until,
  workerError,
  WORKER,
} from "../support/page.ts";
import { openStatus, part, textOf, untilWords } from "../support/status-element.ts";

describe("a status", () => {
  afterEach(() => {
    for (const element of document.querySelectorAll("qonto-pay-status")) element.remove();
    history.replaceState(null, "", location.pathname);
  });

  it("is read with the token, shown with the amount, and reported by an event", async () => {
    const opened = await openStatus();
    await untilWords(opened, "open");
    expect(part(opened, "words").textContent).to.equal("Not paid yet");
    expect(part(opened, "amount").textContent).to.equal("€13.30");
    const [watch] = (await journal(opened.id)).requests;
    expect(watch?.url).to.equal(`/v1/checkouts/${opened.id}/status?token=t%20o%2Fk`);
    expect(opened.heard.map((event) => [event.report.status, event.token])).to.deep.equal([["open", "t o/k"]]);
  });

  it("links to the Worker's page of the checkout only while it is not paid", async () => {
    const opened = await openStatus();
    await untilWords(opened, "open");
    expect(part(opened, "link").getAttribute("href")).to.equal(`${WORKER}/checkouts/${opened.id}?token=t%20o%2Fk`);
    expect(part(opened, "link").textContent).to.equal("Continue payment");
    await push(opened.id, "processing");
    await untilWords(opened, "processing");
    expect(part(opened, "link").getClientRects()).to.have.length(0);
  });

  it("changes to paid automatically, once, and closes the connection", async () => {
    const opened = await openStatus();
    await untilWords(opened, "open");
    await until(async () => (await journal(opened.id)).open_streams === 1);
    await push(opened.id, "processing");
    await push(opened.id, "processing");
    await push(opened.id, "paid");
    await untilWords(opened, "paid");
    expect(part(opened, "words").textContent).to.equal("Paid");
    expect(opened.heard.map((event) => event.report.status)).to.deep.equal(["open", "processing", "paid"]);
    await until(async () => (await journal(opened.id)).open_streams === 0);
    dispatchEvent(new Event("online"));
    expect((await journal(opened.id)).requests).to.have.length(1);
  });

  for (const status of ["expired", "canceled"] as const) {
    it(`does not mention a failure if it is ${status}`, async () => {
      const opened = await openStatus((id) => [report(id, status)]);
      await untilWords(opened, status);
      expect(part(opened, "status").textContent).not.to.match(/fail/i);
    });
  }

  it("shows the shop's order number as text", async () => {
    const reference = "<b>AB-1</b>";
    const opened = await openStatus((id) => [{ ...report(id, "paid"), reference }]);
    await untilWords(opened, "paid");
    expect(part(opened, "reference").textContent).to.equal(reference);
    expect(part(opened, "reference").previousElementSibling?.textContent).to.equal("Reference");
    expect(opened.element.shadowRoot?.querySelector("b")).to.equal(null);
  });

  it("is that of the checkout in the address of the page", async () => {
    const id = newProduct();
    await setScript(id, { statuses: [report(id, "paid")] });
    history.replaceState(null, "", `?${new URLSearchParams({ checkout: id, token: "abc" }).toString()}`);
    const opened = await openStatus(() => [], { checkout: "", token: "" });
    await untilWords(opened, "paid");
    expect((await journal(id)).requests[0]?.url).to.match(/token=abc$/);
  });

  it("without a checkout shows Payment not found, without a request", async () => {
    const opened = await openStatus(() => [], { checkout: "", token: "" });
    await untilWords(opened, "unknown");
    expect(part(opened, "words").textContent).to.equal("Payment not found");
  });

  it("of a checkout that the Worker does not know shows Payment not found", async () => {
    const unknown = { status: 404, body: workerError("checkout_not_found", "This checkout does not exist.") };
    await untilWords(await openStatus(() => [unknown]), "unknown");
  });

  it("is unknown while the Worker is unavailable, and shown when it is available again", async () => {
    const calmDown = hurry(window, 100, [], 15_000);
    try {
      const opened = await openStatus((id) => [
        { status: 503, body: "" },
        { status: 503, body: "" },
        report(id, "paid"),
      ]);
      await untilWords(opened, "trouble");
      await untilWords(opened, "paid");
      expect(opened.heard).to.have.length(1);
    } finally {
      calmDown();
    }
  });

  it("follows the attributes, and the last values win", async () => {
    const opened = await openStatus();
    await untilWords(opened, "open");
    const other = newProduct();
    await setScript(other, { statuses: [report(other, "paid")] });
    opened.element.setAttribute("checkout", other);
    await untilWords(opened, "paid");
    await until(async () => (await journal(opened.id)).open_streams === 0);
  });

  it("is replaced by slotted content", async () => {
    const opened = await openStatus((id) => [report(id, "paid")], {}, `<h2 slot="paid">Thank you!</h2><a>Mail us</a>`);
    await untilWords(opened, "paid");
    expect(opened.element.querySelector("h2")?.getClientRects()).to.have.length(1);
    expect(part(opened, "words").getClientRects()).to.have.length(0);
    expect(opened.element.querySelector("a")?.getClientRects(), "for pages without JavaScript").to.have.length(0);
  });

  it("is in the language of the page, and uses texts of the page", async () => {
    const opened = await openStatus((id) => [report(id, "paid")], { lang: "fr", messages: `{"paid_hint": "Merci !"}` });
    await until(() => part(opened, "words").textContent === "Payé");
    expect(part(opened, "hint").textContent).to.equal("Merci !");
    expect(part(opened, "hint").lang).to.equal("fr");
    const polish = await openStatus((id) => [report(id, "paid")], { lang: "pl", messages: `{"paid": "Zapłacono"}` });
    await until(() => textOf(polish).includes("Zapłacono"));
    expect(part(polish, "words").lang).to.equal("pl");
    expect(getComputedStyle(part(polish, "hint")).color).to.equal(getComputedStyle(polish.element).color);
    expect(part(opened, "amount").textContent).to.match(/13,30\s€/);
  });

  for (const lang of ["de", "es", "fr", "it", "nl", "pt"]) {
    it(`has every text in ${lang}`, async () => {
      const { default: texts } = (await import(`../../src/locales/status/${lang}.ts`)) as { default: object };
      expect(Object.keys(texts)).to.have.members(Object.keys(en));
    });
  }

  for (const status of ["open", "processing", "paid", "expired", "canceled"] as const) {
    for (const theme of ["light", "dark"]) {
      it(`${status} has no axe violation, ${theme}`, async () => {
        document.body.style.background = theme === "dark" ? "#111" : "#fff";
        const opened = await openStatus((id) => [{ ...report(id, status), reference: "AB-1" }], {
          theme,
          "back-url": "/",
        });
        await untilWords(opened, status);
        await expect(opened.element).to.be.accessible();
        document.body.removeAttribute("style");
      });
    }
  }

  it("shows trouble while the Worker does not answer, before and after it was available", async () => {
    const worker = new MortalWorker();
    await worker.live();
    await worker.die();
    const calmDown = hurry(window, 10);
    try {
      const opened = await openStatus((id) => [report(id, "open")], { endpoint: worker.origin });
      await untilWords(opened, "trouble");
      await worker.live();
      await untilWords(opened, "open");
      expect(textOf(opened)).to.include(en.open_hint).and.not.to.include(en.trouble_hint);
      await worker.die();
      await until(() => textOf(opened).includes(en.trouble_hint));
      expect(part(opened, "words").textContent, "the last known status").to.equal(en.open);
      await worker.live();
      await until(() => !textOf(opened).includes(en.trouble_hint));
      expect(textOf(opened)).to.include(en.open_hint);
      expect(opened.heard.map((event) => event.report.status)).to.deep.equal(["open"]);
    } finally {
      calmDown();
      await worker.die();
    }
  });

  it("shows trouble beside slotted content", async () => {
    const worker = new MortalWorker();
    await worker.live();
    const calmDown = hurry(window, 10);
    try {
      const opened = await openStatus(
        (id) => [report(id, "open")],
        { endpoint: worker.origin },
        `<b slot="open">Not yet</b><i slot="trouble">Come back later</i>`,
      );
      await untilWords(opened, "open");
      const isShown = (selector: string) => (opened.element.querySelector(selector)?.getClientRects().length ?? 0) > 0;
      expect([isShown("b"), isShown("i")]).to.deep.equal([true, false]);
      await worker.die();
      await until(() => isShown("i"));
      expect(isShown("b")).to.equal(true);
    } finally {
      calmDown();
      await worker.die();
    }
  });

  it("that was known and is no longer found shows Payment not found", async () => {
    const opened = await openStatus();
    await untilWords(opened, "open");
    const unknown = { status: 404, body: workerError("checkout_not_found", "This checkout does not exist.") };
    await setScript(opened.id, { statuses: [unknown] });
    await closeStreams(opened.id);
    await untilWords(opened, "unknown");
  });

  it("is read again if the connection fails silently", async () => {
    const calmDown = hurry(window, 100, [], 50_000);
    try {
      const opened = await openStatus();
      await untilWords(opened, "open");
      await beat(opened.id);
      await setScript(opened.id, { statuses: [report(opened.id, "paid")] });
      await untilWords(opened, "paid");
    } finally {
      calmDown();
    }
  });

  it("keeps its connection to a Worker without heartbeats, and to one with heartbeats", async () => {
    const calmDown = hurry(window, 20, [], 50_000);
    try {
      const [silent, alive] = [await openStatus(), await openStatus()];
      await untilWords(silent, "open");
      for (let count = 0; count < 8; count += 1) {
        await beat(alive.id);
        // Together the waits exceed the heartbeat timeout. Each one is much shorter.
        await new Promise((resolve) => setTimeout(resolve, 400));
      }
      expect((await journal(silent.id)).requests).to.have.length(1);
      expect((await journal(alive.id)).requests).to.have.length(1);
    } finally {
      calmDown();
    }
  });

  for (const status of ["expired", "canceled"] as const) {
    it(`that is ${status} is read again when the page becomes visible, since a late payment counts`, async () => {
      const opened = await openStatus((id) => [report(id, status)]);
      await untilWords(opened, status);
      await until(async () => (await journal(opened.id)).open_streams === 0);
      await setScript(opened.id, { statuses: [report(opened.id, status), report(opened.id, "paid")] });
      document.dispatchEvent(new Event("visibilitychange"));
      await until(async () => (await journal(opened.id)).requests.length === 2);
      await until(async () => (await journal(opened.id)).open_streams === 0);
      expect(opened.heard.map((event) => event.report.status)).to.deep.equal([status]);
      dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
      await untilWords(opened, "paid");
      expect(opened.heard.map((event) => event.report.status)).to.deep.equal([status, "paid"]);
    });
  }

  for (const endpoint of ["javascript:alert(1)", "data:text/html,x", "http://["]) {
    it(`has no link with the endpoint ${endpoint}`, async () => {
      const opened = await openStatus(() => [], { endpoint });
      await untilWords(opened, "trouble");
      expect(part(opened, "link").getAttribute("href")).to.equal(null);
      expect(part(opened, "link").getClientRects()).to.have.length(0);
    });
  }
});

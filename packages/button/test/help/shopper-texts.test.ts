import { expect } from "@open-wc/testing";
import { API_ERRORS } from "@qonto-pay/core/api";
import { QontoPayErrorEvent } from "../../src/index.ts";
import { closeShops, eventsOf, look, openShop, until, workerError } from "../support/page.ts";
import { TEXTS } from "../support/texts.ts";

/** A message of the Worker that must not reach a shopper. */
const FOR_DEVELOPERS = "The field items[0].product of https://shop.example is not known to pk_live_shop.";
const STATUSES: Readonly<Record<string, number>> = {
  ...Object.fromEntries(Object.entries(API_ERRORS).map(([code, { status }]) => [code, status])),
  refused_by_a_newer_worker: 422,
  failed_in_a_newer_worker: 500,
};
/** Codes of each kind, for the languages other than English. */
const OF_EACH_KIND = ["invalid_request", "origin_not_allowed", "offer_expired", "order_already_paid", "misconfigured"];
/** Nothing of the page's set-up. */
const OF_DEVELOPERS = /https?:|[a-z]+_[a-z]+|`|\b(origins?|keys?|fields?|endpoints?|attributes?)\b/i;

describe("the text for the shopper", () => {
  afterEach(closeShops);

  for (const [lang, texts] of Object.entries(TEXTS)) {
    it(`in ${lang} is one of the button's own, for every code of the Worker`, async () => {
      const codes = lang === "en" ? Object.keys(STATUSES) : OF_EACH_KIND;
      const shop = await openShop(
        () => ({
          checkouts: codes.map((code) => ({
            status: STATUSES[code] as number,
            body: workerError(code, FOR_DEVELOPERS),
          })),
        }),
        { lang },
      );
      await until(() => look(shop).label === texts.pay);
      for (const [index, code] of codes.entries()) {
        shop.element.click();
        await until(() => eventsOf(shop, QontoPayErrorEvent).length === index + 1);
        await shop.element.updateComplete;
        const event = eventsOf(shop, QontoPayErrorEvent).at(-1);
        expect(event?.code).to.equal(code);
        expect(look(shop).message, code).to.equal(event?.message);
        const [text = ""] = (event?.message ?? "").split(` ${texts.uncharged}`);
        expect(Object.values(texts), code).to.include(text);
        if (code === "order_already_paid") expect(event?.message).to.equal(texts.order_already_paid);
        expect(text, code).not.to.match(OF_DEVELOPERS);
      }
    });
  }
});

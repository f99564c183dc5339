import { beforeEach, describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { nextAlarm, ringAlarmAfter, untilAtRest } from "../support/object/merchant-object.ts";
import { breakOperation, callsOf, control } from "../support/sandbox.ts";
import { toldEvents, toldTypes } from "../support/server.ts";
import { checkoutFor, openShop } from "../support/shop.ts";
import { connectionEvent, consentRevocationEvent, deliverEvent } from "../support/webhook.ts";

beforeEach(openShop);

describe("a webhook that reports a revoked consent", () => {
  it("causes an event at once, without waiting for the next call", async () => {
    // The first webhook causes calls to Qonto for other reasons.
    await deliverEvent(connectionEvent("connection_enabled"));
    await untilAtRest();
    await control("POST", "revoke");
    expect((await deliverEvent(consentRevocationEvent())).status).toBe(200);
    await eventually(async () =>
      expect(await toldEvents()).toMatchObject([
        { type: "authorization.action_required", data: { consent: { reason: "revoked" } } },
      ]),
    );
  });

  it("changes nothing unless Qonto confirms it", async () => {
    await deliverEvent(consentRevocationEvent());
    await eventually(async () => expect(await callsOf("createToken")).toHaveLength(1));
    await untilAtRest();
    expect(await toldTypes()).toEqual([]);
    await checkoutFor({ product: "mug" });
  });

  it("is checked again if Qonto was not reachable", async () => {
    await control("POST", "revoke");
    await breakOperation("createToken", { status: 500, times: 0 });
    await deliverEvent(consentRevocationEvent());
    await eventually(async () => expect(await callsOf("createToken")).not.toHaveLength(0));
    await eventually(async () => expect(await nextAlarm()).not.toBeNull());
    expect(await toldTypes()).toEqual([]);
    await control("DELETE", "faults");
    await ringAlarmAfter(6 * 60_000);
    expect(await toldTypes()).toEqual(["authorization.action_required"]);
  });

  it("for another application causes no call", async () => {
    await deliverEvent(consentRevocationEvent("another-client"));
    await untilAtRest();
    expect(await callsOf("createToken")).toEqual([]);
  });

  it("is checked once if it arrives twice", async () => {
    const event = consentRevocationEvent();
    await deliverEvent(event);
    await eventually(async () => expect(await callsOf("createToken")).toHaveLength(1));
    await untilAtRest();
    await deliverEvent(event);
    await untilAtRest();
    expect(await callsOf("createToken")).toHaveLength(1);
  });
});

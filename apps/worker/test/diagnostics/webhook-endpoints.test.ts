import type { DiagnosticsReport } from "@qonto-pay/core/api";
import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { eventually } from "../support/eventually.ts";
import { merchantObject } from "../support/object/merchant-object.ts";
import { answerAsServer } from "../support/server.ts";
import { openEndpoint, paidCheckout, resetShops, scriptShop, untilDeliveries } from "../support/shop-server.ts";
import { openShop } from "../support/shop.ts";

beforeEach(openShop);
afterEach(async () => {
  vi.useRealTimers();
  await resetShops();
});

async function told(): Promise<unknown> {
  const { checks } = await answerAsServer<DiagnosticsReport>("GET", "diagnostics");
  return checks.find(({ name }) => name === "webhook_endpoints");
}

const WELL = { enabled: true, disabled_reason: null, pending: 0, dead: 0 };

it("no endpoint, or one that accepts its events, is ok", async () => {
  expect(await told()).toMatchObject({ status: "ok", measured: { endpoints: [] } });
  const { id, url } = await openEndpoint("/shop");
  await paidCheckout();
  await untilDeliveries({ id }, [{ status: "delivered" }]);
  expect(await told()).toMatchObject({ status: "ok", measured: { endpoints: [{ id, url, ...WELL }] } });
});

it("an endpoint that answered 410 is a warning, with its pending events", async () => {
  const { id } = await openEndpoint("/shop");
  await scriptShop("/shop", { status: 410 });
  await paidCheckout();
  await eventually(async () => {
    expect(await told()).toMatchObject({
      status: "warning",
      remediation: expect.stringMatching(
        /PATCH \/v1\/webhook_endpoints\/\{id\}.* POST \/v1\/webhook_endpoints\/\{id\}\/replay/,
      ),
      measured: { endpoints: [{ id, enabled: false, disabled_reason: "gone", pending: 1 }] },
    });
  });
});

it("an endpoint with a dead delivery is a warning", async () => {
  const { id } = await openEndpoint("/shop");
  await paidCheckout();
  await untilDeliveries({ id }, [{ status: "delivered" }]);
  // As after three days of failed deliveries, which `dispatch-webhooks.test.ts` simulates.
  await runInDurableObject(merchantObject(), (_object, state) => {
    state.storage.sql.exec("UPDATE deliveries SET status = 'dead'");
  });
  expect(await told()).toMatchObject({
    status: "warning",
    remediation: expect.stringContaining("/replay"),
    measured: { endpoints: [{ id, ...WELL, dead: 1 }] },
  });
});

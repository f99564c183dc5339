import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { codeInDocument } from "./code-in-document.ts";
import { describeWebhookExample } from "./describe-webhook-example.ts";
import { expressReceiver, nodeReceiver } from "./example-receiver.ts";

describeWebhookExample("Node without a framework", nodeReceiver);
describeWebhookExample("Node with Express", expressReceiver);

const DOCUMENT = "docs/reference/webhooks.md";

describe("the code for the events of docs/reference/webhooks.md", () => {
  /** Runs an example with an event, and returns the calls that it makes of the shop's own code. */
  async function callsFor(text: string, type: string, data: unknown): Promise<readonly unknown[]> {
    const calls: unknown[] = [];
    const note =
      (name: string, answer: unknown) =>
      async (...given: readonly unknown[]): Promise<unknown> => {
        calls.push([name, ...given]);
        return answer;
      };
    const own = {
      event: { type, data },
      orders: {
        findByCheckout: async (id: string) => (id === "co_1" ? { total: "23.8", currency: "EUR" } : null),
        insertOnce: note("insertOnce", undefined),
      },
      notifyMerchant: note("notifyMerchant", undefined),
      markPaid: note("markPaid", undefined),
    };
    const code = `export default async ({ ${Object.keys(own).join(", ")} }) => {\n${codeInDocument(DOCUMENT, "js", text)}\n};`;
    const example = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
      readonly default: (its: typeof own) => Promise<void>;
    };
    await example.default(own);
    return calls;
  }
  const amount = { value: "23.80", currency: "EUR" };
  const products = [{ product: "bowl", quantity: 1 }];
  const sale = { id: "co_2", opened_by: "button", products, amount };

  it.each([
    ["marks an order paid", "checkout.paid", { id: "co_1", amount }, ["markPaid", { total: "23.8", currency: "EUR" }]],
    [
      "reports another amount",
      "checkout.paid",
      { id: "co_1", amount: { ...amount, value: "2" } },
      ["notifyMerchant", "co_1"],
    ],
    ["reports an unknown order", "checkout.paid", sale, ["notifyMerchant", "co_2"]],
    ["ignores other events", "checkout.open", { id: "co_1", amount }, undefined],
  ])("%s of a server", async (_case, type, checkout, call) => {
    expect(await callsFor("findByCheckout", type, { checkout })).toEqual(call === undefined ? [] : [call]);
  });

  it.each([
    ["stores the sale of a clicked button", "checkout.paid", { checkout: sale }, ["insertOnce", "co_2", products]],
    [
      "stores each payment of a shared link",
      "checkout.payment_received",
      { checkout: sale, payment: { id: "pay_1" } },
      ["insertOnce", "pay_1", products],
    ],
    ["ignores an order of a server", "checkout.paid", { checkout: { ...sale, opened_by: "server" } }, undefined],
    ["ignores events without a checkout", "connection.changed", { connection: {} }, undefined],
  ])("%s", async (_case, type, data, call) => {
    expect(await callsFor("insertOnce", type, data)).toEqual(call === undefined ? [] : [call]);
  });
});

describe("the test webhook of docs/reference/webhooks.md", () => {
  it.each([
    ["204 if the receiver has the same secret", "", "204"],
    ["401 if it has another one", "whsec_ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=", "401"],
  ])("is answered %s", async (_case, other, status) => {
    const [, secret = ""] =
      /"(whsec_.+)"/.exec(codeInDocument(DOCUMENT, "sh", "export QONTO_PAY_WEBHOOK_SECRET")) ?? [];
    const receiver = await nodeReceiver(other === "" ? secret : other);
    try {
      const command = codeInDocument(DOCUMENT, "sh", "webhook-signature").replace(
        "http://localhost:3001/qonto-pay",
        receiver.url,
      );
      const env = { ...process.env, QONTO_PAY_WEBHOOK_SECRET: secret };
      const { stdout } = await promisify(execFile)("bash", ["-euc", command], { env });
      expect(stdout.split("\r\n")[0]).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    } finally {
      await receiver.close();
    }
  });
});

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { codeInDocument } from "./code-in-document.ts";
import { describeWebhookExample } from "./describe-webhook-example.ts";
import { expressReceiver, nodeReceiver } from "./example-receiver.ts";

describeWebhookExample("Node without a framework", nodeReceiver);
describeWebhookExample("Node with Express", expressReceiver);

const DOCUMENT = "docs/reference/webhooks.md";

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

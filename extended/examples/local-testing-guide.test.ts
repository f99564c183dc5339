import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { connectMerchant } from "@qonto-pay/local-stack/merchants/connect-merchant.ts";
import { describe, expect, it } from "vitest";
import { codeInDocument } from "../../tools/repo-checks/code-in-document.ts";
import { backend, MUG, pay, qontoPay, server } from "./guides-setup.ts";

describe("docs/guides/local-testing.md", () => {
  /** Runs the lines of a command of the guide, some of them if a range is given. */
  async function run(text: string, from?: number, to?: number): Promise<void> {
    const lines = codeInDocument("docs/guides/local-testing.md", "sh", text).trim().split("\n").slice(from, to);
    const commands = lines.join("\n").replaceAll("http://localhost:4010", backend.sandboxUrl);
    await promisify(execFile)("bash", ["-euc", commands.replaceAll("curl ", "curl --fail ")]);
  }

  async function open(reference: string): Promise<string> {
    const price = { value: "12.00", currency: "EUR" };
    const items = [{ title: "Tea", quantity: 1, price, tax_behavior: "inclusive", vat_rate: "20" }] as const;
    return (await qontoPay.checkouts.create({ items: [...items], reference })).id;
  }

  async function lastEvent(): Promise<string> {
    let last = "";
    for await (const { type, data } of qontoPay.events.list()) {
      last = [type, data.connection?.status ?? data.checkout?.id ?? ""].join(" ").trim();
    }
    return last;
  }

  it("makes a link expire", async () => {
    await run('"expiration_date": "real"');
    const id = await open("EXPIRES");
    await expect.poll(async () => (await qontoPay.checkouts.sync(id)).status).toBe("expired");
    await run('"behaviour": "production"');
    expect((await qontoPay.checkouts.get(await open("STAYS"))).status).toBe("open");
  });

  it("makes a payment of another amount", async () => {
    const id = await open("MISMATCH");
    await run("amount_off_by", 0, 1);
    await pay(id);
    await expect.poll(lastEvent).toBe(`checkout.amount_mismatch ${id}`);
    await run("amount_off_by", 1);
  });

  it("disables the connection, revokes the consent and rejects the deployment", async () => {
    await run("_sandbox/connection", 0, 1);
    await expect.poll(lastEvent).toBe("connection.changed disabled");
    await run("_sandbox/connection", 1);
    await expect.poll(lastEvent).toBe("connection.changed enabled");
    await run("_sandbox/revoke");
    await expect.poll(lastEvent).toBe("authorization.action_required");
    await connectMerchant({ name: "yourshop", products: [MUG] }, { ...backend, shopUrl: server.origin }); // as `start` does
    await expect.poll(lastEvent).toBe("authorization.granted");
    await run('"oauth_client": "invalid"');
    await expect(open("REJECTED")).rejects.toMatchObject({ code: "misconfigured", status: 503 });
    await expect.poll(lastEvent).toBe("authorization.suspended");
    await run('"oauth_client": "valid"');
  });
});

import { BEHAVIOUR_NAMES, type Sandbox, startSandbox } from "@qonto-pay/sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BadCall, NOT_FOUND, NOWHERE, REFUSED_BODIES, REFUSED_QUERIES } from "./bad-calls.ts";
import { REFUSED_GRANTS } from "./bad-grants.ts";
import { violationsOf } from "./contract.ts";
import { BASKET, GOOD_CALLS } from "./good-calls.ts";
import { OPERATIONS, type Operation, operationNamed } from "./operations.ts";
import { type Answered, SandboxClient } from "./sandbox-client.ts";

const API_OPERATIONS = OPERATIONS.filter(({ scope }) => scope !== undefined);
const SCOPES = ["organization.read", "payment_link.read", "payment_link.write", "webhook"];

describe.each(BEHAVIOUR_NAMES)("the sandbox as %s", (behaviour) => {
  let sandbox: Sandbox;
  let client: SandboxClient;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, behaviour, rateLimits: false });
    client = new SandboxClient(sandbox.url);
  });
  beforeEach(() => client.begin());
  afterAll(() => sandbox.close());

  describe("answers as documented", () => {
    it.each(GOOD_CALLS)("$operation $case", async ({ operation, prepare }) => {
      const reply = await client.call(operation, await prepare(client));
      const { status, answer } = operationNamed(operation);
      expect(reply.status).toBe(status);
      if (answer !== undefined) expectJson(reply, answer);
    });

    it("deactivatePaymentLink: the link is canceled", async () => {
      const id = await client.createLink(BASKET);
      const { text } = await client.call("deactivatePaymentLink", { id });
      expect(text).toContain('"status":"canceled"');
    });
  });

  describe("rejects as documented", () => {
    it.each([...REFUSED_BODIES, ...REFUSED_QUERIES, ...NOT_FOUND, ...REFUSED_GRANTS])(
      "$status: $operation $case",
      async ({ operation, status, code, prepare }: BadCall) => {
        const reply = await client.call(operation, await prepare(client));
        const { error = "error" } = operationNamed(operation);
        expect(reply.status).toBe(status);
        expectJson(reply, error);
        if (code !== undefined) expect(reply.text).toContain(`"${code}"`);
      },
    );

    // One test for all operations: these calls change nothing, so no operation needs a fresh sandbox.
    it("401: every operation without an access token or with an unknown one", async () => {
      await expectEach(401, "authorization_header_missing", { authorization: null });
      await expectEach(401, "authorization_token_invalid", { authorization: "Bearer unknown" });
    });

    it("401: every operation with an access token older than an hour", async () => {
      await client.control("POST", "/clock", { advance_seconds: 3601 });
      await expectEach(401, "authorization_token_invalid");
    });

    it.each(SCOPES)("403: every operation without its scope %s", async (missing) => {
      await client.authorize(SCOPES.filter((scope) => scope !== missing).join(" "));
      await expectEach(
        403,
        "forbidden",
        {},
        API_OPERATIONS.filter(({ scope }) => scope === missing),
      );
    });

    it("HTML: every operation without the staging token, if one is required", async () => {
      await client.control("PUT", "/behaviour", { staging_token: "html" });
      for (const { name } of OPERATIONS) {
        const reply = await client.call(name, { id: NOWHERE, headers: { "x-qonto-staging-token": null } });
        expect([name, reply.contentType]).toEqual([name, expect.stringMatching(/^text\/html/)]);
      }
    });
  });

  async function expectEach(
    status: number,
    code: string,
    headers: Readonly<Record<string, string | null>> = {},
    operations: readonly Operation[] = API_OPERATIONS,
  ): Promise<void> {
    for (const { name, error = "error" } of operations) {
      const reply = await client.call(name, { id: NOWHERE, headers });
      expect([name, reply.status]).toEqual([name, status]);
      expectJson(reply, error);
      expect(reply.text).toContain(`"${code}"`);
    }
  }
});

function expectJson(reply: Answered, schema: string): void {
  expect(reply.contentType).toMatch(/^application\/json/);
  expect(violationsOf(schema, reply.body)).toEqual([]);
}

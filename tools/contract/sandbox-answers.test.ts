import { type Sandbox, startSandbox } from "@qonto-pay/sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BadCall, NOT_FOUND, NOWHERE, REFUSED_BODIES, REFUSED_QUERIES } from "./bad-calls.ts";
import { REFUSED_GRANTS } from "./bad-grants.ts";
import { violationsOf } from "./contract.ts";
import { BASKET, GOOD_CALLS } from "./good-calls.ts";
import { OPERATIONS, operationNamed } from "./operations.ts";
import { type Answered, SandboxClient } from "./sandbox-client.ts";

let sandbox: Sandbox;
let client: SandboxClient;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  client = new SandboxClient(sandbox.url);
});
beforeEach(() => client.begin());
afterAll(() => sandbox.close());

describe("the sandbox answers as documented", () => {
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

const API_OPERATIONS = OPERATIONS.filter(({ scope }) => scope !== undefined);

describe("the sandbox refuses as documented", () => {
  it.each([...REFUSED_BODIES, ...REFUSED_QUERIES, ...NOT_FOUND])("$status: $operation $case", async (call) => {
    await expectRefusal(call, "error");
  });

  it.each(REFUSED_GRANTS)("$code: $operation $case", async (call) => {
    await expectRefusal(call, "oauth-error");
  });

  it.each(API_OPERATIONS)("401: $name without an access token", async ({ name }) => {
    const reply = await client.call(name, { id: NOWHERE, headers: { authorization: null } });
    expectError(reply, 401, "authorization_header_missing");
  });

  it.each(API_OPERATIONS)("401: $name with an unknown access token", async ({ name }) => {
    const reply = await client.call(name, { id: NOWHERE, headers: { authorization: "Bearer unknown" } });
    expectError(reply, 401, "authorization_token_invalid");
  });

  it.each(API_OPERATIONS)("401: $name with an access token of an hour ago", async ({ name }) => {
    await client.control("POST", "/clock", { advance_seconds: 3601 });
    expectError(await client.call(name, { id: NOWHERE }), 401, "authorization_token_invalid");
  });

  it.each(API_OPERATIONS)("403: $name without the scope $scope", async ({ name, scope }) => {
    const others = ["organization.read", "payment_link.read", "payment_link.write", "webhook"].filter(
      (one) => one !== scope,
    );
    await client.authorize(others.join(" "));
    expectError(await client.call(name, { id: NOWHERE }), 403, "forbidden");
  });

  it.each(OPERATIONS)("HTML: $name without the staging token, where one is required", async ({ name }) => {
    await client.control("PUT", "/behaviour", { staging_token: "html" });
    const reply = await client.call(name, { id: NOWHERE, headers: { "x-qonto-staging-token": null } });
    expect(reply.contentType).toMatch(/^text\/html/);
  });
});

async function expectRefusal({ operation, status, code, prepare }: BadCall, schema: string): Promise<void> {
  const reply = await client.call(operation, await prepare(client));
  expect(reply.status).toBe(status);
  expectJson(reply, schema);
  if (code !== undefined) expect(reply.text).toContain(`"${code}"`);
}

function expectError(reply: Answered, status: number, code: string): void {
  expect(reply.status).toBe(status);
  expectJson(reply, "error");
  expect(reply.body).toMatchObject({ errors: [{ code }] });
}

function expectJson(reply: Answered, schema: string): void {
  expect(reply.contentType).toMatch(/^application\/json/);
  expect(violationsOf(schema, reply.body)).toEqual([]);
}

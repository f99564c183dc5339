import { BEHAVIOUR_NAMES, type Sandbox, startSandbox } from "@qonto-pay/sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CLIENT_COMMANDS, missingFields } from "./client-commands.ts";
import { SandboxClient } from "./sandbox-client.ts";

describe.each(BEHAVIOUR_NAMES)("a public client of Qonto's against the sandbox as %s", (behaviour) => {
  let sandbox: Sandbox;
  let client: SandboxClient;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, behaviour, rateLimits: false });
    client = new SandboxClient(sandbox.url);
  });
  beforeEach(() => client.begin());
  afterAll(() => sandbox.close());

  it.each(CLIENT_COMMANDS)("$command", async ({ operation, status, prepare, needs, needsUndocumented = {} }) => {
    const reply = await client.call(operation, await prepare(client));
    expect(reply.status).toBe(status);
    expect(missingFields(reply.body, needs)).toEqual([]);
    // As documented, only the first answer has the secret. The client expects the key in every answer, at least as
    // null, because it has only met Qonto's real answers.
    if (behaviour !== "documented") expect(missingFields(reply.body, needsUndocumented)).toEqual([]);
  });
});

describe("a field that a client needs", () => {
  it.each([
    [{ a: [{ b: 1 }, { b: null }] }, { "a[].b": "number or null" }, []],
    [{ a: [{ b: 1 }, {}] }, { "a[].b": "number" }, ["a[].b must be number"]],
    [{ a: [] }, { "a[].b": "number" }, ["a[].b must be number"]],
    [{ a: { b: "1" } }, { "a.b": "number" }, ["a.b must be number"]],
    [null, { a: "string" }, ["a must be string"]],
  ] as const)("%o with %o lacks %o", (body, needs, lacking) => {
    expect(missingFields(body, needs)).toEqual(lacking);
  });
});

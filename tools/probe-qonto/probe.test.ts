import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { recordOf } from "./answer.ts";
import { BEHAVIOURS, compare, differs, playAll } from "./compare.ts";
import { refusalOf } from "./consent.ts";
import { mask } from "./mask.ts";
import { readOptions } from "./options.ts";
import { PROBES } from "./probe-list.ts";
import { QontoApi } from "./qonto-api.ts";
import { markdownOf, reportOf } from "./report.ts";
import { runProbes } from "./run-probes.ts";
import { type PlayedQonto, playQonto } from "./sandbox-target.ts";

let played: PlayedQonto;
const ended: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

async function play(behaviour: (typeof BEHAVIOURS)[number]): Promise<PlayedQonto> {
  played = await playQonto(behaviour);
  ended.push(() => played.close());
  return played;
}

async function control(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const answer = await fetch(`${played.target.apiUrl}/_sandbox/${path}`, init);
  const text = await answer.text();
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}

interface Call {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

async function calls(): Promise<readonly Call[]> {
  return (await control("GET", "journal"))["requests"] as Call[];
}

/** Returns all data of people and accounts that this Qonto can answer, and all secrets of its tests. */
async function forbidden(): Promise<readonly string[]> {
  const token = await fetch(`${played.target.oauthUrl}/oauth2/token`, {
    method: "POST",
    headers: { "X-Qonto-Staging-Token": "sandbox-staging-token" },
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: "sandbox-client",
      client_secret: "sandbox-secret",
      redirect_uri: "http://localhost/callback",
      code: String(
        (
          await control("POST", "authorizations", {
            redirect_uri: "http://localhost/callback",
            scope: "offline_access organization.read payment_link.read payment_link.write webhook",
          })
        )["code"],
      ),
    }),
  });
  const { access_token } = (await token.json()) as { access_token: string };
  const headers = { Authorization: `Bearer ${access_token}`, "X-Qonto-Staging-Token": "sandbox-staging-token" };
  const read = async (path: string): Promise<unknown> =>
    (await fetch(`${played.target.apiUrl}${path}`, { headers })).json();
  const links = (await read("/v2/payment_links")) as { payment_links: { id: string }[] };
  const paymentsOf = await Promise.all(links.payment_links.map(({ id }) => read(`/v2/payment_links/${id}/payments`)));
  const known = [await read("/v2/organization"), links, ...paymentsOf];
  const personal = valuesOf(known, /^(id|.*_id|iban|bic|name|slug|legal_name|.*email.*|url|secret|.*phone.*)$/);
  return [
    ...personal,
    "sandbox-secret",
    "sandbox-staging-token",
    played.tokens.access_token,
    played.tokens.refresh_token,
  ].filter((text) => text.length >= 6);
}

function valuesOf(value: unknown, names: RegExp): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one) => valuesOf(one, names));
  return Object.entries(recordOf(value)).flatMap(([name, field]) =>
    typeof field === "string" ? (names.test(name) ? [field] : []) : valuesOf(field, names),
  );
}

const HEAD = { at: "2026-11-29T17:00:00.000Z", environment: "sandbox", apiHost: "localhost" } as const;

describe("the report", () => {
  let playedByAll: Awaited<ReturnType<typeof playAll>>;
  beforeAll(async () => {
    playedByAll = await playAll(PROBES);
  });

  it.each(BEHAVIOURS)(
    "about the behaviour %s matches it in every fact, and contains no secret or personal data",
    async (behaviour) => {
      const { target, tokens } = await play(behaviour);
      const run = await runProbes(target, tokens, PROBES);
      expect(run.results.filter(({ outcome }) => outcome !== "answered")).toEqual([]);
      expect(run.linksLeft).toBe(0);
      const facts = compare(run.results, playedByAll);
      expect(facts.filter((fact) => differs(fact, behaviour))).toEqual([]);
      for (const other of BEHAVIOURS) {
        if (other !== behaviour) expect(facts.some((fact) => differs(fact, other))).toBe(true);
      }
      const report = reportOf(HEAD, run, facts);
      const texts = `${JSON.stringify(report)}\n${markdownOf(report)}`;
      expect((await forbidden()).filter((secret) => texts.includes(secret))).toEqual([]);
      // One piece at a time, because masked texts are also cut off.
      const pieces = texts.replaceAll(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, "").split(/["|\n]/);
      expect(pieces.filter((piece) => /\[(e-mail|IBAN|id|phone)\]/.test(mask(piece)))).toEqual([]);
      for (const { number, title } of PROBES) expect(markdownOf(report)).toContain(`## ${number}. ${title}`);
    },
  );
});

describe("a run", () => {
  it("in production creates one link of at most 1 EUR, deactivates it, and changes nothing else", async () => {
    const { target, tokens } = await play("production");
    await control("DELETE", "journal");
    const run = await runProbes({ ...target, isProduction: true, stagingToken: null, events: null }, tokens, PROBES);
    const changing = (await calls()).filter(({ method }) => method !== "GET");
    expect(changing.map(({ operation }) => operation)).toEqual(
      expect.arrayContaining(["createPaymentLink", "deactivatePaymentLink"]),
    );
    expect(changing.filter(({ operation }) => operation === "createPaymentLink")).toHaveLength(1);
    expect(
      changing.filter(
        ({ operation }) => !["createPaymentLink", "deactivatePaymentLink", "createToken"].includes(operation),
      ),
    ).toEqual([]);
    expect(run.linksLeft).toBe(0);
    expect(run.results.find(({ number }) => number === 2)).toMatchObject({ outcome: "answered" });
    const skipped = run.results.filter(({ outcome }) => outcome === "skipped").map(({ number }) => number);
    expect(skipped).toEqual(expect.arrayContaining([1, 6, 7, 15, 18]));
  });

  it.each([
    ["a second link", [], "0.80"],
    ["a link over 1.20 EUR", [], "1.00"],
    ["a link whose lines come to more than 1 EUR", ["0.50"], "0.50"],
  ])("in production never creates %s, even if a probe requests it", async (which, more, value) => {
    const { target, tokens } = await play("production");
    const api = new QontoApi({ ...target, isProduction: true, stagingToken: null }, tokens);
    if (which === "a second link") expect((await api.createLink()).link).not.toBeNull();
    const items = [value, ...more].map((price) => ({
      title: "Probe",
      quantity: 1,
      unit_price: { value: price, currency: "EUR" },
      vat_rate: "20",
    }));
    await control("DELETE", "journal");
    await expect(api.createLink({ items })).rejects.toThrow("in production, one link of 1 EUR at most");
    expect((await calls()).filter(({ operation }) => operation === "createPaymentLink")).toEqual([]);
  });

  it("continues after a failed probe, and reports the reason", async () => {
    const { target, tokens } = await play("documented");
    await control("POST", "faults", { operation: "listPaymentMethods", drop: true });
    const run = await runProbes(
      target,
      tokens,
      PROBES.filter(({ number }) => [16, 2, 12].includes(number)),
    );
    expect(run.results.map(({ number, outcome }) => [number, outcome])).toEqual([
      [16, "failed"],
      [2, "answered"],
      [12, "answered"],
    ]);
    expect(run.results[0]?.reason).toMatch(/^\S/);
  });

  it("deletes its subscriptions and deactivates its links, even if probes break off", async () => {
    const { target, tokens } = await play("documented");
    await runProbes(
      {
        ...target,
        person: { pay: () => Promise.reject(new Error("broken")), choose: () => Promise.reject(new Error("broken")) },
      },
      tokens,
      PROBES.filter(({ number }) => ![15, 18].includes(number)),
    );
    const created = (await calls()).filter(
      ({ operation, status }) => operation === "createPaymentLink" && status === 201,
    ).length;
    expect(created).toBeGreaterThan(10);
    expect((await control("GET", "webhook_subscriptions"))["subscriptions"]).toEqual([]);
  });

  it("without a person skips the steps that need one", async () => {
    const { target, tokens } = await play("documented");
    const noPerson = { pay: async () => false, choose: async () => null };
    const run = await runProbes(
      { ...target, person: noPerson },
      tokens,
      PROBES.filter(({ number }) => [1, 10, 4].includes(number)),
    );
    expect(run.results.map(({ number, outcome }) => [number, outcome])).toEqual([
      [4, "answered"],
      [1, "skipped"],
      [10, "skipped"],
    ]);
  });

  it("creates no connection, floods nothing and revokes nothing unless an option allows it", async () => {
    const { target, tokens } = await play("documented");
    const run = await runProbes(
      { ...target, allows: { revoke: false, flood: false, connect: false } },
      tokens,
      PROBES.filter(({ number }) => [13, 15, 18].includes(number)),
    );
    expect(run.results.map(({ outcome }) => outcome)).toEqual(["answered", "skipped", "skipped"]);
    const made = (await calls()).map(({ operation }) => operation);
    expect(made.filter((operation) => ["createConnection", "revokeToken"].includes(operation))).toEqual([]);
  });
});

const ENV = {
  QONTO_CLIENT_ID: "sandbox-client",
  QONTO_CLIENT_SECRET: "sandbox-secret",
  QONTO_STAGING_TOKEN: "sandbox-staging-token",
};

const PROGRAM = ["--conditions=@qonto-pay/source", fileURLToPath(new URL("./main.ts", import.meta.url))];

describe("the command", () => {
  it("gets a consent in a browser, writes a dated report without secrets, and stores the refresh token for its user", async () => {
    const { target } = await play("sandbox");
    const folder = mkdtempSync(join(tmpdir(), "probe-"));
    ended.push(() => rmSync(folder, { recursive: true }));
    const tokenFile = join(folder, "token");
    const env = { ...process.env, ...ENV, QONTO_API_URL: target.apiUrl, QONTO_OAUTH_URL: target.oauthUrl };
    const args = [
      "--yes",
      "--only",
      "2,3,12",
      "--redirect-uri",
      "http://localhost:14030/callback",
      "--report",
      join(folder, "reports"),
      "--token-file",
      tokenFile,
    ];
    const child = spawn(process.execPath, [...PROGRAM, ...args], { env });
    let output = "";
    child.stderr.on("data", (chunk: Buffer) => (output += chunk));
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk;
      const [page] = /http:\S+oauth2\/auth\S+/.exec(output) ?? [];
      if (page !== undefined && !output.includes("[allowed]")) {
        output += "[allowed]";
        void allow(page);
      }
    });
    const code = await new Promise((resolve) => child.once("exit", resolve));
    expect(code, output).toBe(0);
    const files = readdirSync(join(folder, "reports"));
    expect(files.map((name) => name.replace(/^\d{4}-\d{2}-\d{2}T\d{6}-/, "")).toSorted()).toEqual([
      "sandbox.json",
      "sandbox.md",
    ]);
    const texts = files.map((name) => readFileSync(join(folder, "reports", name), "utf8")).join("\n");
    const token = readFileSync(tokenFile, "utf8").trim();
    expect(token.length).toBeGreaterThan(20);
    expect(statSync(tokenFile).mode & 0o077).toBe(0);
    const secrets = [...(await forbidden()), token];
    expect(secrets.filter((secret) => texts.includes(secret))).toEqual([]);
    expect(["sandbox-secret", "sandbox-staging-token", token].filter((secret) => output.includes(secret))).toEqual([]);
    expect(texts).toContain("token endpoint without it");
  });

  it.each([
    ["invalid_scope", /payment_link\.write/],
    ["access_denied", /denied/],
    ["unauthorized_client", /QONTO_CLIENT_ID/],
    ["server_error", /server_error/],
    ["a text <b>of another source</b>", /answered other/],
    [null, /neither a code nor an error/],
  ])("says what to do when Qonto sends the browser back with the error %s", (error, message) => {
    expect(refusalOf(error)).toMatch(message);
  });

  it("ends with the error that Qonto sends the browser back with", async () => {
    const { target } = await play("sandbox");
    const env = { ...process.env, ...ENV, QONTO_API_URL: target.apiUrl, QONTO_OAUTH_URL: target.oauthUrl };
    const args = ["--yes", "--only", "2", "--redirect-uri", "http://localhost:14031/callback"];
    const child = spawn(process.execPath, [...PROGRAM, ...args], { env });
    let output = "";
    let isAnswered = false;
    child.stderr.on("data", (chunk: Buffer) => (output += chunk));
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk;
      const [page] = /http:\S+oauth2\/auth\S+/.exec(output) ?? [];
      if (page === undefined || isAnswered) return;
      isAnswered = true;
      const state = new URL(page).searchParams.get("state") ?? "";
      void fetch(`http://localhost:14031/callback?${new URLSearchParams({ error: "invalid_scope", state })}`);
    });
    expect(await new Promise((resolve) => child.once("exit", resolve))).toBe(2);
    expect(output).toContain("invalid_scope");
    expect(output).toContain("payment_link.write");
  });

  it.each([
    [[], { QONTO_CLIENT_ID: "" }, /QONTO_CLIENT_ID is not set/],
    [[], { QONTO_STAGING_TOKEN: undefined }, /QONTO_STAGING_TOKEN is not set/],
    [["--production"], {}, /Add --i-know-it-is-real/],
    [["--production", "--i-know-it-is-real", "--flood"], {}, /for the sandbox only/],
    [["--webhook-url", "http://example.com/x"], {}, /must be an https address/],
    [["--only", "19"], {}, /from 1 to 18/],
    [["--nonsense"], {}, /nonsense/],
  ] as const)("rejects %j with %j", (args, env, message) => {
    expect(() => readOptions(args, { ...ENV, ...env })).toThrow(message);
  });
});

it("secrets and personal data are masked", () => {
  const text =
    "jane.doe+x@example.com FR7616798000010000005663951 +33 6 12 34 56 78 0199d4a2-8c1e-7d3a-9b5f-2f1e0c6d7a88 abcDEF123456789012345678 hush";
  expect(mask(text, ["hush"])).toBe("[e-mail] [IBAN] [phone] [id] [token] [secret]");
});

/** Presses "Allow" on the consent page and follows the redirect. */
async function allow(page: string): Promise<void> {
  const answer = await fetch(page, {
    method: "POST",
    body: new URLSearchParams({ decision: "allow" }),
    redirect: "manual",
  });
  await fetch(answer.headers.get("Location") ?? "");
}

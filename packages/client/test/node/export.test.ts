import { afterEach, expect, it } from "vitest";
import { type ExportRecord, QontoPay, QontoPayAdmin, QontoPayConnectionError, QontoPayError } from "../../src/index.ts";
import { answer, refuse, ScriptedServer, type Step } from "../setup/scripted-server.ts";

let server: ScriptedServer;
afterEach(() => server.close());

async function clientOf(...steps: readonly Step[]): Promise<QontoPay> {
  server = await ScriptedServer.start(...steps);
  return new QontoPay({ secretKey: "sk_sandbox_shop_local_only", endpoint: server.url, maxRetries: 0 });
}

function line(id: string, type = "product"): string {
  return `${JSON.stringify({ cursor: `${type}:${id}`, type, data: { id } })}\n`;
}

async function idsOf(records: AsyncIterable<{ readonly data: object }>): Promise<readonly unknown[]> {
  const ids: unknown[] = [];
  for await (const { data } of records) ids.push(Reflect.get(data, "id"));
  return ids;
}

it("an export continues where the Worker ends a response, or cuts off a line", async () => {
  const cutOff = line("a") + line("b") + line("c").slice(0, 10);
  const client = await clientOf(answer(200, cutOff), answer(200, line("c")), answer(200, line("", "end")));
  expect(await idsOf(client.export())).toEqual(["a", "b", "c"]);
  expect(server.requests.map(({ url }) => url)).toEqual([
    "/v1/export",
    "/v1/export?after=product%3Ab",
    "/v1/export?after=product%3Ac",
  ]);
});

it("an export begins after a cursor", async () => {
  const client = await clientOf(answer(200, line("", "end")));
  expect(await idsOf(client.export({ after: "end:" }))).toEqual([]);
  expect(server.requests.map(({ url }) => url)).toEqual(["/v1/export?after=end%3A"]);
});

it("an export without its last line rejects", async () => {
  const client = await clientOf(answer(200, line("a")), answer(200, line("b").slice(0, 10)));
  await expect(idsOf(client.export())).rejects.toBeInstanceOf(QontoPayConnectionError);
  expect(server.requests).toHaveLength(2);
});

it("an export rejects with the Worker's error, or if the connection breaks", async () => {
  const refused = await clientOf(refuse(422, "invalid_request"));
  await expect(idsOf(refused.export())).rejects.toBeInstanceOf(QontoPayError);
  await server.close();
  const broken = await clientOf((response) => {
    response.writeHead(200);
    response.write(line("a"), () => response.destroy());
  });
  await expect(idsOf(broken.export())).rejects.toBeInstanceOf(QontoPayConnectionError);
});

async function restored(records: readonly ExportRecord[]): Promise<readonly (readonly string[])[]> {
  server = await ScriptedServer.start(answer(200, { restored: 3, skipped: 1 }));
  const admin = new QontoPayAdmin({ adminKey: "local-admin-key-0123456789abcdef0123", endpoint: server.url });
  const sums = await admin.merchants.restore("shop", records);
  const calls = server.requests.map(({ body }) =>
    (JSON.parse(body) as { records: readonly ExportRecord[] }).records.map(({ cursor }) => cursor),
  );
  expect(sums).toEqual({ restored: 3 * calls.length, skipped: calls.length });
  return calls;
}

function exportOf(count: number, text = ""): readonly ExportRecord[] {
  return [
    { cursor: "settings:", type: "settings", data: {} },
    ...Array.from({ length: count }, (_, index): ExportRecord => {
      const id = String(index);
      return { cursor: `product:${id}`, type: "product", data: { id, text } };
    }),
  ];
}

it("a restoration sends 200 records for each call, the first one of the export in each, and adds the numbers", async () => {
  const calls = await restored(exportOf(400));
  expect(calls.map(({ length }) => length)).toEqual([200, 200, 3]);
  expect(calls.map(([first]) => first)).toEqual(["settings:", "settings:", "settings:"]);
  expect(new Set(calls.flat()).size).toBe(401);
});

it("a restoration sends fewer records if they are large", async () => {
  const calls = await restored(exportOf(5, "€".repeat(400_000)));
  expect(calls.map(({ length }) => length)).toEqual([3, 3, 2]);
});

it("a restoration of an export with one line makes one call", async () => {
  expect(await restored(exportOf(0))).toEqual([["settings:"]]);
});

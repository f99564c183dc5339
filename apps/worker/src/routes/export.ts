import type { ExportRecord } from "@qonto-pay/core/api";
import { erasedSchema, eraseRequestSchema, exportQuerySchema } from "@qonto-pay/core/api.schema";
import { callMerchant } from "../merchant-object/call-merchant.ts";
import { EXPORT_LINES } from "../openapi/examples.ts";
import { merchantOfSecretKey } from "./request/authenticate-key.ts";
import { knownSenders } from "./request/known-senders.ts";
import { RequestInput } from "./request/request-input.ts";
import type { RouteContext } from "./request/route-context.ts";
import { type Route, route, serverRoute } from "./route.ts";

/**
 * Calls of the merchant's object for one response. Cloudflare allows a Worker 1,000 subrequests for each request. The
 * caller continues with the cursor of the last line.
 */
const MOST_CALLS = 900;

export const exports: readonly Route[] = [
  route({
    method: "GET",
    path: "/v1/export",
    caller: "server",
    handle: exportMerchant,
    docs: WITH_DOCS && {
      id: "exportMerchant",
      tag: "Export",
      summary: "Export the merchant's data",
      description:
        "Returns products, checkouts, payments and events as lines of JSON. Each line has a `cursor`. The last line has the type `end`. If it is missing, because the connection broke or the export is long, repeat the call with the cursor of the last complete line as `after`. Keys, tokens and webhook endpoints, which have secrets, are not exported. Data that change during the export may be those from before or after the change. Each line is in the export once.",
      query: exportQuerySchema,
      queryExample: { after: "settings:1790000000000:" },
      answers: [
        {
          status: 200,
          description: "Lines of JSON, each with the schema `ExportRecord`.",
          texts: { "application/x-ndjson": EXPORT_LINES.map((line) => `${JSON.stringify(line)}\n`).join("") },
        },
      ],
      errors: ["overloaded"],
    },
  }),
  serverRoute({
    method: "POST",
    path: "/v1/erase",
    body: eraseRequestSchema,
    operation: "erasePerson",
    docs: WITH_DOCS && {
      id: "erasePerson",
      tag: "Export",
      summary: "Erase a person's data",
      description:
        "Erases the checkouts of a reference, or those of a payer. One with a payment is a record of money, which the law requires to keep: it keeps its ids, amounts, times and references, and loses metadata, addresses, texts of the lines, and the payer's name and email address. A checkout without a payment is deleted. If it ended less than 30 days ago, a late payment may still arrive: it loses the same data now and is deleted after these 30 days. Events and stored answers lose the same. A checkout that can still be paid, or is being paid, stays, and `open` names it: cancel it first. While `has_more`, repeat the call with another `Idempotency-Key`. Qonto keeps its own records.",
      bodyExamples: { "By reference": { reference: "ORDER-1001" }, "By payer": { payer: "ada@shop.example" } },
      answer: {
        description: "The numbers.",
        schema: erasedSchema,
        example: { deleted: 0, pseudonymized: 1, open: [], has_more: false },
      },
    },
  }),
];

async function exportMerchant(request: Request, context: RouteContext): Promise<Response> {
  const { env, config, query } = context;
  const { merchant, keyHash } = await merchantOfSecretKey(request, config);
  await knownSenders.admit(keyHash, request, context);
  const sent = new RequestInput(request, query);
  const { after: from } = sent.query(exportQuerySchema);
  await sent.requireNothingElse();
  const read = async (after: string | undefined): Promise<readonly ExportRecord[]> => {
    const { answer } = await knownSenders.noteResult(keyHash, () =>
      callMerchant(env, config, merchant, (object) =>
        object.serve({ keyHash }, "exportRecords", { after }, crypto.randomUUID()),
      ),
    );
    return answer.records;
  };
  // Before the response begins, so that an error has its status.
  let next: readonly ExportRecord[] = await read(from);
  let calls = 1;
  const encoder = new TextEncoder();
  const lines = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const records = next;
      const last = records.at(-1);
      controller.enqueue(encoder.encode(records.map((record) => `${JSON.stringify(record)}\n`).join("")));
      if (last === undefined || last.type === "end" || calls >= MOST_CALLS) return controller.close();
      calls += 1;
      next = await read(last.cursor);
    },
  });
  return new Response(lines, {
    headers: { "Content-Type": "application/x-ndjson; charset=utf-8", "Cache-Control": "no-store" },
  });
}

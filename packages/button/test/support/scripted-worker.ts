import type { IncomingMessage, ServerResponse } from "node:http";
import type { CreateCheckoutRequest, OfferClaims } from "@qonto-pay/core/api";
import { MortalWorkers } from "./mortal-workers.ts";

/** A scripted response. An object as body is sent as JSON, a string as HTML. */
export interface ScriptedAnswer {
  readonly status?: number;
  readonly body?: unknown;
  readonly delay_ms?: number;
  /** Drops the connection in the middle of the response. If dropped earlier, a browser may repeat the request. */
  readonly drop?: boolean;
}

/** The responses for the product of a test. The last response of a list is repeated. */
export interface Script {
  readonly checkouts?: readonly ScriptedAnswer[];
  readonly prices?: readonly ScriptedAnswer[];
  /** The first message of a status stream, or a response without a stream if it has an HTTP status. */
  readonly statuses?: readonly (ScriptedAnswer | object)[];
  /** The pay page at `/pay/{product}`. */
  readonly pages?: readonly ScriptedAnswer[];
}

export interface Recorded {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** The recorded requests and the number of open streams. */
export interface Journal {
  readonly requests: readonly Recorded[];
  readonly open_streams: number;
}

interface Stage {
  readonly script: Record<keyof Script, unknown[]>;
  readonly requests: Recorded[];
  readonly streams: Set<ServerResponse>;
}

/**
 * Creates a stand-in for the Worker. It answers the browser's part of the Worker API over real HTTP, as each test
 * scripted it for a product that no other test uses. A checkout's id is the name of its product.
 *
 * - `PUT /_script/{product}` sets the script, `GET /_journal/{product}` returns the recorded requests.
 * - `GET /pay/{product}` is its pay page.
 * - `POST /_push/{product}` sends a message to its open status streams, `POST /_beat/{product}` a heartbeat,
 *   `POST /_close/{product}` ends them.
 * - `/_pages/...` answers as a server with pages does, `/_closed/...` as one that no other origin may read.
 * - `POST /_live/{port}` starts it on a second port (0: any) and returns the port, `POST /_die/{port}` closes the port.
 */
export function scriptedWorker(): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const stages = new Map<string, Stage>();
  const stageOf = (product: string): Stage => {
    const stage = stages.get(product) ?? {
      script: { checkouts: [], prices: [], statuses: [], pages: [] },
      requests: [],
      streams: new Set<ServerResponse>(),
    };
    stages.set(product, stage);
    return stage;
  };

  const mortals = new MortalWorkers((request, response) => void handle(request, response));

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "/", "http://far.side");
    const body = await textOf(request);
    response.setHeader("Access-Control-Allow-Origin", "*");

    const [, root, name = ""] = url.pathname.split("/");
    if (root === "_pages") return answer(response, { status: 404, body: "<h1>Not found</h1>" });
    if (root === "_closed") {
      response.removeHeader("Access-Control-Allow-Origin");
      return answer(response, { body: {} });
    }
    if (request.method === "OPTIONS") return preflight(response, root);
    if (root === "_script") {
      Object.assign(stageOf(name).script, JSON.parse(body));
      return answer(response, { body: {} });
    }
    if (root === "_journal") {
      const { requests, streams } = stageOf(name);
      return answer(response, { body: { requests, open_streams: streams.size } satisfies Journal });
    }
    if (root === "_push") {
      for (const stream of stageOf(name).streams) stream.write(`data: ${body}\n\n`);
      return answer(response, { body: {} });
    }

    if (root === "_beat") {
      for (const stream of stageOf(name).streams) stream.write("event: heartbeat\ndata:\n\n");
      return answer(response, { body: {} });
    }

    if (root === "_live") return answer(response, { body: { port: await mortals.live(Number(name)) } });

    if (root === "_die") {
      await mortals.die(Number(name));
      return answer(response, { body: {} });
    }

    if (root === "_close") {
      for (const stream of stageOf(name).streams) stream.end();
      return answer(response, { body: {} });
    }

    // Browsers also request the icon of a pay page.
    if (root !== "pay" && root !== "v1") return void response.writeHead(404).end();

    const stage = stageOf(root === "pay" ? name : productOf(url, body));
    const { method = "", headers } = request;
    stage.requests.push({ method, url: url.pathname + url.search, headers, body });
    if (root === "pay") return answer(response, next(stage.script.pages));
    if (url.pathname === "/v1/checkouts") return answer(response, next(stage.script.checkouts));
    if (url.pathname === "/v1/prices") return answer(response, next(stage.script.prices));
    const status = next(stage.script.statuses);
    if ("status" in status && typeof status.status === "number") return answer(response, status);
    if (headers.accept !== "text/event-stream") return answer(response, { body: status });
    response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
    response.write(`retry: 20\ndata: ${JSON.stringify(status)}\n\n`);
    stage.streams.add(response);
    response.on("close", () => stage.streams.delete(response));
  };
  return handle;
}

/** Allows preflights only for the tests' own controls. A preflight of the button is rejected. */
function preflight(response: ServerResponse, root: string | undefined): void {
  response.setHeader("Access-Control-Allow-Methods", "PUT");
  response.writeHead(root?.startsWith("_") ? 204 : 405).end();
}

function answer(response: ServerResponse, { status = 200, body, delay_ms = 0, drop = false }: ScriptedAnswer): void {
  setTimeout(() => {
    const isText = typeof body === "string";
    const headers = { "Content-Type": isText ? "text/html" : "application/json" };
    if (drop) {
      // Without a length, not every browser notices that the response is incomplete.
      response.writeHead(status, { ...headers, "Content-Length": 1000 });
      return void response.write("{", () => response.destroy());
    }
    response.writeHead(status, headers).end(isText ? body : JSON.stringify(body));
  }, delay_ms);
}

function next(answers: unknown[]): ScriptedAnswer {
  const unscripted = {
    status: 404,
    body: { error: { code: "not_found", message: "Unscripted.", request_id: "req_0" } },
  };
  const scripted = answers.length > 1 ? answers.shift() : answers[0];
  return (scripted as ScriptedAnswer | undefined) ?? unscripted;
}

function productOf(url: URL, body: string): string {
  const id = /^\/v1\/checkouts\/([^/]+)\/status$/.exec(url.pathname)?.[1];
  if (id !== undefined) return decodeURIComponent(id);
  const { product, items, offer } = JSON.parse(body) as CreateCheckoutRequest;
  return product ?? items?.[0]?.product ?? referenceIn(offer);
}

/** Returns the reference of an offer, which names the product in tests. */
function referenceIn(offer = ""): string {
  const claims = JSON.parse(Buffer.from(offer.split(".")[1] ?? "", "base64url").toString()) as OfferClaims;
  return claims.checkout.reference ?? "";
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** How the shop answers one webhook: with 200 at once unless it says otherwise. */
export interface ShopAnswer {
  readonly status?: number;
  readonly delay_ms?: number;
  /** Ends the connection instead of answering. */
  readonly drop?: boolean;
  /** Of a redirect. */
  readonly location?: string;
  /** Sends the status, and then a body that never ends. */
  readonly endless?: boolean;
}

/** A webhook as it came in. */
export interface ReceivedWebhook {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The shops that are told of events, each at a path of its own, and the controls by which the tests drive them. */
export async function startShopServer(): Promise<{ readonly url: string; close(): void }> {
  const received: ReceivedWebhook[] = [];
  /** The last answer of a path is given again and again. */
  const scripts = new Map<string, ShopAnswer[]>();
  const unanswered = new Set<ServerResponse>();
  let mostAtOnce = 0;

  async function control(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    if (request.method === "PUT") {
      const { path, answers } = JSON.parse(body) as { path: string; answers: ShopAnswer[] };
      scripts.set(path, answers);
    } else if (request.method === "DELETE") {
      received.length = 0;
      scripts.clear();
      mostAtOnce = 0;
      for (const waiting of unanswered) waiting.destroy();
      unanswered.clear();
    }
    response.setHeader("Content-Type", "application/json").end(JSON.stringify({ received, most_at_once: mostAtOnce }));
  }

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "";
    received.push({ path, headers: request.headers as Record<string, string>, body: await text(request) });
    unanswered.add(response);
    // Of this shop alone: a late one of a test before is another's.
    const ofThisShop = [...unanswered].filter((waiting) => waiting.req.url === path);
    mostAtOnce = Math.max(mostAtOnce, ofThisShop.length);
    const script = scripts.get(path) ?? [];
    const answer = (script.length > 1 ? script.shift() : script[0]) ?? {};
    const timer = setTimeout(() => give(answer, response), answer.delay_ms ?? 0);
    response.once("close", () => {
      clearTimeout(timer);
      unanswered.delete(response);
    });
  }

  const server = createServer((request, response) => {
    const serve = request.url === "/_shop" ? control : receive;
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function give({ status = 200, drop = false, location, endless = false }: ShopAnswer, response: ServerResponse): void {
  if (drop) {
    response.destroy();
    return;
  }
  response.writeHead(status, location === undefined ? {} : { Location: location });
  if (endless) response.write("still ");
  else response.end("thanks");
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import { text } from "node:stream/consumers";

/** The answer of a shop to one webhook. By default, 200 at once. */
export interface ShopAnswer {
  readonly status?: number;
  readonly delay_ms?: number;
  /** Ends the connection instead of answering. */
  readonly drop?: boolean;
  /** For a redirect. */
  readonly location?: string;
  /** Sends the status, and then a body that never ends. */
  readonly endless?: boolean;
  /** The announced length of the body, in bytes. */
  readonly length?: number;
}

/** A received webhook. */
export interface ReceivedWebhook {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ShopServer {
  /** On `127.0.0.1` only. */
  readonly url: string;
  /** The port where the same shops listen on `::1` only; null on a machine without IPv6. */
  readonly ipv6Port: number | null;
  close(): void;
}

/**
 * Starts the shops that receive webhooks, each at a path of its own, and the controls with which the tests drive them.
 */
export async function startShopServer(): Promise<ShopServer> {
  const received: ReceivedWebhook[] = [];
  /** The last answer of a path is repeated. */
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
    // Counts only this shop, because a late webhook of an earlier test belongs to another one.
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
  const port = await listen(server, "127.0.0.1");
  // The same shops again, where Node listens for `localhost` on most machines: on `::1` only.
  const second = createServer((request, response) => server.emit("request", request, response));
  const ipv6Port = hasIpv6() ? await listen(second, "::1") : null;
  return {
    url: `http://127.0.0.1:${port}`,
    ipv6Port,
    close: () => {
      for (const listening of [server, second]) {
        listening.close();
        listening.closeAllConnections();
      }
    },
  };
}

function hasIpv6(): boolean {
  return Object.values(networkInterfaces()).some((addresses = []) =>
    addresses.some(({ address }) => address === "::1"),
  );
}

async function listen(server: Server, host: string): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

function give(answer: ShopAnswer, response: ServerResponse): void {
  const { status = 200, drop = false, location, endless = false, length } = answer;
  if (drop) {
    response.destroy();
    return;
  }
  response.writeHead(status, {
    ...(location === undefined ? {} : { Location: location }),
    ...(length === undefined ? {} : { "Content-Length": length }),
  });
  if (endless) response.write("still ");
  else response.end("thanks");
}

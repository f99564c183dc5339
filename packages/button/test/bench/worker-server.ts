import type { IncomingMessage, ServerResponse } from "node:http";
import { type LocalServer, startLocalServer } from "../support/local-server.ts";
import { buildScripts } from "./pages.ts";

/** A fast stand-in for the Worker, at another origin than the shop's pages, as in production. */
export interface WorkerServer extends LocalServer {
  /** Returns `METHOD /path` of all requests since the last call, including preflights. */
  readonly takeRequests: () => readonly string[];
  /** Resolves when the pay page is requested. It is never answered, so that the shop's page stays open. */
  readonly untilLeft: () => Promise<void>;
}

export async function startWorkerServer(): Promise<WorkerServer> {
  const scripts = await buildScripts();
  let requests: string[] = [];
  let onLeft = (): void => {};

  const server = await startLocalServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://worker");
    requests.push(`${request.method} ${pathname}`);
    // In production, this page is on Qonto's host.
    if (pathname === "/pay") return onLeft();
    if (pathname === "/v1/checkouts") return answerCheckout(request, response);
    const script = scripts.get(pathname);
    if (script === undefined) return void response.writeHead(404).end();
    response.writeHead(200, {
      "Content-Type": "text/javascript",
      "Access-Control-Allow-Origin": "*",
      // The measurement must not depend on the network or on the browser's code cache.
      "Cache-Control": "no-store",
    });
    response.end(script);
  });

  return {
    ...server,
    takeRequests: () => {
      const taken = requests;
      requests = [];
      return taken;
    },
    untilLeft: () => new Promise((resolve) => (onLeft = resolve)),
  };
}

/** Answers with the headers of `apps/worker/src/http/cors.ts`. Answers preflights, so that they are recorded. */
function answerCheckout({ method, headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader("Access-Control-Allow-Origin", headers.origin ?? "");
  response.setHeader("Vary", "Origin");
  if (method === "OPTIONS") {
    response.writeHead(204, {
      "Access-Control-Allow-Methods": "GET, POST",
      "Access-Control-Allow-Headers": "Content-Type",
      "Access-Control-Max-Age": "86400",
    });
    return void response.end();
  }
  response.writeHead(201, {
    "Content-Type": "application/json",
    "Access-Control-Expose-Headers": "Idempotent-Replayed, Retry-After, X-Request-Id",
  });
  response.end(JSON.stringify(checkoutAt(`http://${headers.host}/pay`)));
}

function checkoutAt(url: string): object {
  return {
    id: "co_1",
    status: "open",
    amount: { value: "13.30", currency: "EUR" },
    url,
    expires_at: new Date(Date.now() + 3_600_000).toISOString(),
    status_token: "demo.token",
  };
}

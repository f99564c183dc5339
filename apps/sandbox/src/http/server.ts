import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Outcome } from "./answer.ts";
import type { Call } from "./call.ts";
import { readBody } from "./read-body.ts";
import { sendOutcome } from "./send-outcome.ts";

/** A request that was read but not yet routed. */
export type ReceivedCall = Omit<Call, "params">;

export interface Responders {
  /** Answers a request. Never rejects. */
  readonly respond: (call: ReceivedCall) => Promise<Outcome>;
  /** Answers a request whose body exceeds the limit. */
  readonly tooLarge: () => Outcome;
}

export interface BoundServer {
  readonly port: number;
  /** Must be called immediately, before the first request can arrive. */
  readonly serve: (responders: Responders) => void;
  /** Stops listening and drops open connections. */
  readonly close: () => Promise<void>;
}

/**
 * Listens on `host:port`. Port 0 selects a free one.
 *
 * @throws the error of `listen`, for example `EADDRINUSE`.
 */
export async function bindServer(host: string, port: number): Promise<BoundServer> {
  const server = createServer();
  // Longer than clients keep an idle connection: on a busy machine, Node's default of 5 s ends connections that a
  // client is about to reuse.
  server.keepAliveTimeout = 65_000;
  server.on("clientError", (_error, socket) => {
    if (socket.writable) socket.end("HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
    else socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    serve: (responders) => {
      serve(server, responders);
    },
    close: () => close(server),
  };
}

function serve(server: Server, responders: Responders): void {
  server.on("request", (request, response) => {
    void exchange(request, response, responders);
  });
}

async function exchange(request: IncomingMessage, response: ServerResponse, responders: Responders): Promise<void> {
  try {
    sendOutcome(response, await answer(request, responders));
  } catch {
    // Only a client that disconnected during its request causes this error, so there is no one to answer.
    response.destroy();
  }
}

async function answer(request: IncomingMessage, { respond, tooLarge }: Responders): Promise<Outcome> {
  const text = await readBody(request);
  if (text === undefined) return tooLarge();
  const target = request.url ?? "/";
  const mark = target.indexOf("?");
  return respond({
    method: request.method ?? "GET",
    address: request.socket.remoteAddress ?? "",
    path: mark === -1 ? target : target.slice(0, mark),
    query: new URLSearchParams(mark === -1 ? "" : target.slice(mark + 1)),
    headers: request.headers,
    text,
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

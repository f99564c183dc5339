import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A received webhook. */
export interface Delivered {
  readonly method: string;
  readonly contentType: string;
  readonly signature: string;
  readonly raw: string;
}

/** A merchant's webhook endpoint on a free port of this machine. It accepts everything. */
export class WebhookReceiver {
  readonly url: string;
  readonly #server: Server;
  readonly #delivered: Delivered[] = [];

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`;
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      void this.#take(request, response);
    });
  }

  static async start(): Promise<WebhookReceiver> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    return new WebhookReceiver(server);
  }

  /** Resolves to all received webhooks when there are at least `count`. */
  async waitFor(count: number): Promise<readonly Delivered[]> {
    while (this.#delivered.length < count) await once(this.#server, "delivered");
    return this.#delivered;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, "close");
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const raw = await text(request);
    const { "content-type": contentType = "", "x-qonto-signature": signature } = request.headers;
    this.#delivered.push({ method: request.method ?? "", contentType, signature: String(signature), raw });
    response.writeHead(204).end();
    this.#server.emit("delivered");
  }
}

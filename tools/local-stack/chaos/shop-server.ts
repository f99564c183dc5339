import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { RandomNumbers } from "../bench/random-numbers.ts";

/** An event as the shop receives it. */
export interface DeliveredEvent {
  readonly type: string;
  readonly data: { readonly checkout?: { readonly id: string }; readonly payment?: { readonly id: string } };
}

/** A shop's server that fails the first attempt of a share of the events, in several ways. */
export class ShopServer {
  readonly url: string;
  /** By the event's id. */
  readonly delivered: Map<string, DeliveredEvent>;
  readonly #close: () => Promise<void>;

  private constructor(url: string, delivered: Map<string, DeliveredEvent>, close: () => Promise<void>) {
    this.url = url;
    this.delivered = delivered;
    this.#close = close;
  }

  /** @param onEvent is called on the first delivery of each event. */
  static async start(failShare: number, random: RandomNumbers, onEvent: () => void): Promise<ShopServer> {
    const delivered = new Map<string, DeliveredEvent>();
    const seen = new Set<string>();
    const server = createServer(async (request, response) => {
      const id = String(request.headers["webhook-id"]);
      let text = "";
      try {
        for await (const chunk of request.setEncoding("utf8")) text += String(chunk);
      } catch {
        // The Worker was killed while it sent: it sends again.
        return;
      }
      const isFirst = !seen.has(id);
      seen.add(id);
      if (isFirst && random() < failShare) {
        if (random() < 0.5) response.writeHead(500).end();
        else request.socket.destroy();
        return;
      }
      const isNew = !delivered.has(id);
      delivered.set(id, JSON.parse(text) as DeliveredEvent);
      response.writeHead(204).end();
      if (isNew) onEvent();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const close = (): Promise<void> => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    };
    return new ShopServer(`http://localhost:${port}/webhooks`, delivered, close);
  }

  close(): Promise<void> {
    return this.#close();
  }
}

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly signature: string;
  readonly raw: string;
  readonly event: {
    readonly id: string;
    readonly type: string;
    readonly subscription_id: string;
    readonly data: Record<string, unknown>;
  };
  /** The time of arrival, in milliseconds. */
  readonly at: number;
}

/** A merchant's webhook endpoint on a free port of this machine. By default it accepts everything. */
export class WebhookReceiver {
  readonly received: Received[] = [];
  /** The status of each answer; `"hang"` never answers. */
  reply: number | "hang" = 200;
  readonly #server: Server;
  #waiting: { readonly count: number; readonly resolve: () => void }[] = [];

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(port = 0): Promise<WebhookReceiver> {
    const server = createServer();
    const receiver = new WebhookReceiver(server);
    server.on("request", (request, response) => {
      let raw = "";
      request.setEncoding("utf8");
      request.on("data", (chunk: string) => {
        raw += chunk;
      });
      request.on("end", () => {
        if (receiver.reply !== "hang") response.writeHead(receiver.reply).end();
        receiver.#take(raw, String(request.headers["x-qonto-signature"]));
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(port, "127.0.0.1", resolve);
    });
    return receiver;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/webhooks`;
  }

  /** Resolves when `count` events arrived in total. */
  async waitFor(count: number): Promise<readonly Received[]> {
    if (this.received.length < count) {
      await new Promise<void>((resolve) => {
        this.#waiting.push({ count, resolve });
      });
    }
    return this.received;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
      this.#server.closeAllConnections();
    });
  }

  #take(raw: string, signature: string): void {
    this.received.push({ raw, signature, event: JSON.parse(raw) as Received["event"], at: Date.now() });
    const met = this.#waiting.filter(({ count }) => count <= this.received.length);
    this.#waiting = this.#waiting.filter((waiting) => !met.includes(waiting));
    for (const { resolve } of met) resolve();
  }
}

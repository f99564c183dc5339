import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Workers that go away and come back: a port that is closed refuses connections, and those that were open are dropped. */
export class MortalWorkers {
  readonly #servers = new Map<number, Server>();
  readonly #answer: RequestListener;

  constructor(answer: RequestListener) {
    this.#answer = answer;
  }

  /** Starts one where it was before, or anywhere. @returns its port. */
  async live(before = 0): Promise<number> {
    // The tests' end does not wait for it.
    const server = createServer(this.#answer).unref();
    server.listen(before, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    this.#servers.set(port, server);
    return port;
  }

  async die(port: number): Promise<void> {
    const server = this.#servers.get(port);
    if (server === undefined) return;
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  }
}

import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Workers that stop and start again. A closed port refuses connections, and its open connections are dropped. */
export class MortalWorkers {
  readonly #servers = new Map<number, Server>();
  readonly #answer: RequestListener;

  constructor(answer: RequestListener) {
    this.#answer = answer;
  }

  /** Starts a Worker at its previous port, or at any port. @returns the port. */
  async live(before = 0): Promise<number> {
    // The test process does not wait for this server.
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

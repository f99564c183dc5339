import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** A proxy between a shop and the Worker, with which tests delay and drop requests and responses. */
export class WorkerGate {
  /** Runs before a request is forwarded to the Worker. */
  beforeAsking: (method: string, path: string) => Promise<void> | void = () => {};
  /** Runs before a response is forwarded to the shop. */
  beforeAnswer: (method: string, path: string) => Promise<void> | void = () => {};
  /** The shop's requests, as method and path. */
  readonly seen: string[] = [];
  /** Whether the shop can reach the Worker. */
  isOpen = true;
  /** Whether responses are dropped after the Worker has processed the request. */
  losesAnswers = false;
  readonly #workerUrl: string;
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  private constructor(workerUrl: string) {
    this.#workerUrl = workerUrl;
  }

  static async start(workerUrl: string): Promise<WorkerGate> {
    const gate = new WorkerGate(workerUrl);
    await once(gate.#server.listen(0, "127.0.0.1"), "listening");
    return gate;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new TypeError("The server does not listen.");
    return `http://127.0.0.1:${address.port}`;
  }

  /** Restores the initial state. */
  reset(): void {
    this.beforeAsking = () => {};
    this.beforeAnswer = () => {};
    this.isOpen = true;
    this.losesAnswers = false;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await once(this.#server.close(), "close");
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/", headers } = request;
    this.seen.push(`${method} ${url}`);
    const body = Buffer.concat(await request.toArray());
    if (!this.isOpen) {
      response.destroy();
      return;
    }
    await this.beforeAsking(method, url);
    const { authorization = "", "idempotency-key": key } = headers;
    const answer = await fetch(this.#workerUrl + url, {
      method,
      headers: { Authorization: authorization, ...(typeof key === "string" && { "Idempotency-Key": key }) },
      ...(body.length > 0 && { body }),
    });
    const text = await answer.text();
    await this.beforeAnswer(method, url);
    if (this.losesAnswers) {
      response.destroy();
      return;
    }
    response.writeHead(answer.status, { "Content-Type": "application/json" }).end(text);
  }
}

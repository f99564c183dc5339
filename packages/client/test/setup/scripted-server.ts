import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** Answers one request. */
export type Step = (response: ServerResponse) => void;

export interface SeenRequest {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  /** Monotonic time in milliseconds. */
  readonly at: number;
}

/** Answers each request with the next step of a script, and repeats the last step. */
export class ScriptedServer {
  readonly requests: SeenRequest[] = [];
  readonly #steps: Step[];
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  constructor(steps: readonly Step[]) {
    this.#steps = [...steps];
  }

  static async start(...steps: readonly Step[]): Promise<ScriptedServer> {
    const scripted = new ScriptedServer(steps);
    await once(scripted.#server.listen(0, "127.0.0.1"), "listening");
    return scripted;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new TypeError("The server does not listen.");
    return `http://127.0.0.1:${address.port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await once(this.#server.close(), "close");
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await request.toArray()).join("");
    const { method, url, headers } = request;
    this.requests.push({ method, url, headers, body, at: performance.now() });
    const step = this.#steps.length > 1 ? this.#steps.shift() : this.#steps[0];
    step?.(response);
  }
}

export function answer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Step {
  return (response) => {
    response.writeHead(status, { "Content-Type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };
}

/** An error response in the Worker's shape. */
export function refuse(status: number, code: string, headers: Readonly<Record<string, string>> = {}): Step {
  return answer(status, { error: { code, message: `It is ${code}.`, request_id: "req_1" } }, headers);
}

export const drop: Step = (response) => response.socket?.destroy();

export const keepSilent: Step = () => {};

/** Sends half of a response and closes the connection. */
export const cut: Step = (response) => {
  response.writeHead(200, { "Content-Length": "1000" });
  response.write('{"id":', () => response.socket?.destroy());
};

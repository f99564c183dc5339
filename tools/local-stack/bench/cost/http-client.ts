import { Agent, request as send } from "node:http";

export interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  readonly text: string;
}

export interface Call {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Calls one server over one connection that stays open. It costs less than `fetch`, and so disturbs less. */
export class HttpClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  call(path: string, { method, headers = {}, body }: Call): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const url = new URL(path, this.#origin);
      const call = send(url, { agent: this.#agent, method, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (text += chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, location: response.headers.location, text }),
        );
      });
      call.on("error", reject);
      call.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

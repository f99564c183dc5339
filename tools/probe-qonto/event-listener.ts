import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { recordOf } from "./answer.ts";

interface ReceivedEvent {
  readonly text: string;
  readonly signature: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Receives Qonto's events at a port of this machine, which `publicUrl` reaches from outside. */
export class EventListener {
  readonly publicUrl: string;
  readonly #server: ReturnType<typeof createServer>;
  readonly #received: ReceivedEvent[];

  private constructor(publicUrl: string, server: ReturnType<typeof createServer>, received: ReceivedEvent[]) {
    this.publicUrl = publicUrl;
    this.#server = server;
    this.#received = received;
  }

  /** @param publicUrl the address at which Qonto reaches the port; null means `http://localhost` with the port. */
  static async start(port: number, publicUrl: string | null): Promise<EventListener> {
    const received: ReceivedEvent[] = [];
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const text = Buffer.concat(chunks).toString("utf8");
      response.writeHead(204).end();
      received.push({ text, signature: String(request.headers["x-qonto-signature"] ?? ""), body: parse(text) });
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", resolve);
    });
    const { port: bound } = server.address() as AddressInfo;
    return new EventListener(publicUrl ?? `http://localhost:${bound}/events`, server, received);
  }

  /** Returns the events about a link, in the order of arrival. */
  about(linkId: string): readonly ReceivedEvent[] {
    return this.#received.filter(({ body }) => recordOf(body["data"])["payment_link_id"] === linkId);
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

/** Whether an event is signed with a secret. */
export function isSignedWith({ text, signature }: ReceivedEvent, secret: string): boolean {
  const [, time, mac] = /^t=(\d+),v1=([0-9a-f]+)$/.exec(signature) ?? [];
  return mac !== undefined && createHmac("sha256", secret).update(`${time}.${text}`).digest("hex") === mac;
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    return recordOf(JSON.parse(text));
  } catch {
    return {};
  }
}

import { once } from "node:events";
import { createServer } from "node:net";
import { LOOPBACK } from "./loopback.ts";

export interface Ports {
  readonly shop: number;
  readonly worker: number;
  readonly sandbox: number;
}

/** Three ports that nobody listens on now. */
export async function freePorts(): Promise<Ports> {
  const servers = [createServer(), createServer(), createServer()];
  const ports = await Promise.all(
    servers.map(async (server) => {
      await once(server.listen(0, LOOPBACK), "listening");
      const address = server.address();
      if (address === null || typeof address === "string") throw new TypeError("no port was given");
      return address.port;
    }),
  );
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  const [shop = 0, worker = 0, sandbox = 0] = ports;
  return { shop, worker, sandbox };
}

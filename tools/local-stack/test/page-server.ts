import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { LOOPBACK } from "../servers/loopback.ts";

export interface PageServer {
  readonly origin: string;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

/** Serves files at an origin of its own, as a shop's server does. @param folders by the first part of their address. */
export async function startPageServer(folders: Readonly<Record<string, string>>): Promise<PageServer> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const [, name = "", ...rest] = normalize(pathname).split("/");
    const folder = folders[name];
    if (folder === undefined) return void response.writeHead(404).end();
    const file = join(folder, rest.join("/") || "index.html");
    try {
      const bytes = await readFile(file);
      response.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream" }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await once(server.listen(0, LOOPBACK), "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new TypeError("no port was given");
  return {
    origin: `http://localhost:${address.port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

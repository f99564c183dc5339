import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buildScripts, CONTESTANTS, pageOf } from "./pages.ts";

/** A shop and its Worker at one address, as fast as can be: what is measured is the page. */
export interface ShopServer {
  readonly origin: string;
  /** `METHOD /path` of all requests since the last look. */
  readonly takeRequests: () => readonly string[];
  /** Resolves when the pay page is asked for, which is never answered: the shop's page stays and can be looked at. */
  readonly untilLeft: () => Promise<void>;
  readonly close: () => void;
}

export async function startShopServer(): Promise<ShopServer> {
  const scripts = await buildScripts();
  let requests: string[] = [];
  let onLeft = (): void => {};

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://shop");
    requests.push(`${request.method} ${pathname}`);
    const contestant = CONTESTANTS.find((name) => name === searchParams.get("of"));
    if (pathname === "/pay") return onLeft();
    if (pathname === "/v1/checkouts") {
      response.writeHead(201, { "Content-Type": "application/json" });
      return void response.end(JSON.stringify(checkoutAt(`http://${request.headers.host}/pay`)));
    }
    const script = scripts.get(pathname);
    if (script === undefined && contestant === undefined) return void response.writeHead(404).end();
    response.writeHead(200, {
      "Content-Type": script === undefined ? "text/html; charset=utf-8" : "text/javascript",
      // Neither the network nor the browser's store of compiled scripts is to be measured.
      "Cache-Control": "no-store",
    });
    response.end(script ?? (contestant && pageOf(contestant, Number(searchParams.get("count")))));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  return {
    origin: `http://127.0.0.1:${port}`,
    takeRequests: () => {
      const taken = requests;
      requests = [];
      return taken;
    },
    untilLeft: () => new Promise((resolve) => (onLeft = resolve)),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function checkoutAt(url: string): object {
  return {
    id: "co_1",
    status: "open",
    amount: { value: "13.30", currency: "EUR" },
    url,
    expires_at: new Date(Date.now() + 3_600_000).toISOString(),
    status_token: "demo.token",
  };
}

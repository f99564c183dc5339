import { type LocalServer, startLocalServer } from "../support/local-server.ts";
import { CONTESTANTS, pageOf } from "./pages.ts";

/**
 * Serves the shop's pages, `/?of={contestant}&count={buttons}`, and one without content, `/empty`.
 *
 * @param worker the origin of the scripts and API.
 */
export function startShopServer(worker: string): Promise<LocalServer> {
  return startLocalServer((request, response) => {
    const { searchParams } = new URL(request.url ?? "/", "http://shop");
    if (request.url === "/empty") return void response.writeHead(200, { "Content-Type": "text/html" }).end();
    const contestant = CONTESTANTS.find((name) => name === searchParams.get("of"));
    if (contestant === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" });
    response.end(pageOf(contestant, Number(searchParams.get("count")), worker));
  });
}

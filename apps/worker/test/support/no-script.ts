import { sharedLinks } from "../../src/http/shared-link-cache.ts";
import { fetchWorker } from "./fetch-worker.ts";
import { CONNECT } from "./connect.ts";
import { linksAtQonto } from "./sandbox.ts";
import { KEY } from "./shop.ts";

/** The headers of a browser for a link that a person clicked. */
export const CLICKED = {
  "Sec-Fetch-Site": "cross-site",
  "Sec-Fetch-Mode": "navigate",
  "Sec-Fetch-Dest": "document",
  "Sec-Fetch-User": "?1",
};

/** Sends `GET /pay/{key}/{product}`, as a click unless the headers differ. */
export function follow(
  product: string,
  {
    key = KEY,
    headers = CLICKED,
    method = "GET",
  }: { key?: string; headers?: Record<string, string>; method?: string } = {},
): Promise<Response> {
  return fetchWorker(`${CONNECT}/pay/${key}/${product}`, { method, headers, redirect: "manual" });
}

/** Returns the address of a redirect. @throws Error for any other answer. */
export async function locationOf(answer: Response | Promise<Response>): Promise<string> {
  const response = await answer;
  const location = response.headers.get("Location");
  const [, main = ""] = /<main>(.*)<\/main>/s.exec(await response.text()) ?? [];
  if (response.status !== 303 || location === null) throw new Error(`no redirect: ${response.status} ${main}`);
  return location;
}

/** Sends a form there. @param origin the origin of the page with the form. */
export function send(
  product: string,
  form: Readonly<Record<string, string>> = {},
  origin: string | null = CONNECT,
): Promise<Response> {
  return sendBody(product, new URLSearchParams(form), origin);
}

/** Sends a form in another encoding. */
export function sendBody(
  product: string,
  body: URLSearchParams | FormData | Blob,
  origin: string | null = CONNECT,
): Promise<Response> {
  return fetchWorker(`${CONNECT}/pay/${KEY}/${product}`, {
    method: "POST",
    headers: origin === null ? {} : { Origin: origin },
    body,
    redirect: "manual",
  });
}

/** Returns the status of an answer, and the code at the bottom of its page. */
export async function refusalOf(answer: Response | Promise<Response>): Promise<[number, string | undefined]> {
  const response = await answer;
  return [response.status, /Code <code>(\w+)<\/code>/.exec(await response.text())?.[1]];
}

/** Returns the fields that the unchanged form of a page would send. */
export function fieldsOf(page: string): Record<string, string> {
  const inputs = [...page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)];
  return Object.fromEntries(inputs.map(([, name = "", value = ""]) => [name, value]));
}

/** Clears both caches of shared links. */
export async function forgetKeptLinks(): Promise<void> {
  sharedLinks.forget();
  await forgetLinksOfLocation();
}

/** Clears only Cloudflare's cache of shared links. */
export async function forgetLinksOfLocation(): Promise<void> {
  const cache = await caches.open("shared-links");
  for (const product of ["mug", "poster", "donation"]) await cache.delete(`https://kept.invalid/${KEY}/${product}`);
}

/** Returns the amount of each link at Qonto, and the shop's reference in its line. */
export async function soldAtQonto(): Promise<readonly (readonly [string, string | undefined])[]> {
  const links = await linksAtQonto();
  return links.map(({ amount, items }) => [amount.value, /page: ([\w-]+)/.exec(items[0]?.description ?? "")?.[1]]);
}

/** Returns the address of the only link of a page. */
export function hrefIn(page: string): string | undefined {
  return /<a [^>]*href="([^"]*)"/.exec(page)?.[1]?.replaceAll("&amp;", "&");
}

/** Returns the page that a visitor sees who did not click. */
export async function pageOf(product: string, language = "en"): Promise<string> {
  return (await follow(product, { headers: { "Accept-Language": language } })).text();
}

import { fetchWorker } from "./fetch-worker.ts";
import { CONNECT } from "./connect.ts";
import { KEY } from "./shop.ts";

/** What a browser says of a link that a person clicked. */
export const CLICKED = {
  "Sec-Fetch-Site": "cross-site",
  "Sec-Fetch-Mode": "navigate",
  "Sec-Fetch-Dest": "document",
  "Sec-Fetch-User": "?1",
};

/** `GET /pay/{key}/{product}`, clicked unless the headers say otherwise. */
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

/** Where a browser is sent. @throws Error for an answer that sends it nowhere. */
export async function locationOf(answer: Response | Promise<Response>): Promise<string> {
  const response = await answer;
  const location = response.headers.get("Location");
  const [, main = ""] = /<main>(.*)<\/main>/s.exec(await response.text()) ?? [];
  if (response.status !== 303 || location === null) throw new Error(`nowhere: ${response.status} ${main}`);
  return location;
}

/** `POST` of a form there. @param origin of the page that the form is in. */
export function send(
  product: string,
  form: Readonly<Record<string, string>> = {},
  origin: string | null = CONNECT,
): Promise<Response> {
  return sendBody(product, new URLSearchParams(form), origin);
}

/** The same of a form that is written in another way. */
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

/** The status of an answer, and the code at the bottom of its page. */
export async function refusalOf(answer: Response | Promise<Response>): Promise<[number, string | undefined]> {
  const response = await answer;
  return [response.status, /Code <code>(\w+)<\/code>/.exec(await response.text())?.[1]];
}

/** What the form of a page would send as it is. */
export function fieldsOf(page: string): Record<string, string> {
  const inputs = [...page.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)];
  return Object.fromEntries(inputs.map(([, name = "", value = ""]) => [name, value]));
}

/** Nothing that was asked for before is remembered. */
export async function forgetKeptLinks(): Promise<void> {
  const cache = await caches.open("shared-links");
  for (const product of ["mug", "poster", "donation"]) await cache.delete(`https://kept.invalid/${KEY}/${product}`);
}

import { env } from "cloudflare:test";
import worker from "../../src/index.ts";
import type { Env } from "../../src/context/env.ts";
import { KEY, SHOP, WORKER } from "./shop.ts";

const ENV = env as unknown as Env;

/** Returns the address of one of many visitors. */
export function addressOf(number: number): string {
  return `198.51.${Math.floor(number / 250)}.${(number % 250) + 1}`;
}

/** Sends `POST /v1/checkouts` as the button does, from an address. */
export function payFrom(address: string, body: object, bindings: Env = ENV): Promise<Response> {
  const request = new Request(`${WORKER}/v1/checkouts`, {
    method: "POST",
    headers: { "Content-Type": "text/plain;charset=UTF-8", Origin: SHOP, "CF-Connecting-IP": address },
    body: JSON.stringify({ publishable_key: KEY, product: "mug", ...body }),
  });
  return worker.fetch(request as Parameters<typeof worker.fetch>[0], bindings);
}

/** Opens checkouts at once, each from another address. @returns the statuses of the responses. */
export function flood(count: number): Promise<number[]> {
  const requests = Array.from({ length: count }, async (_, number) => {
    const response = await payFrom(addressOf(number), {});
    await response.text();
    return response.status;
  });
  return Promise.all(requests);
}

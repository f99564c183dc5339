import type { Mistake } from "./tell.ts";

/** Returns the mistakes in the address of the Worker, as far as its form shows them. */
export function* endpointMistakes(endpoint: string): Generator<Mistake> {
  if (/^(https?:\/\/[^/]|\/|$)/i.test(endpoint) && !/\.js$|\/v1(\/|$)/.test(endpoint)) return;
  const [, scheme, host] = /^\s*(https?:\/\/)?((?:\[[\d:a-f]+\]|[\w.-]+)(?::\d+)?)(?=\/|\s*$)/i.exec(endpoint) ?? [];
  const isLocal = /^(localhost|127|\[)/.test(host ?? "");
  const address = host ? (scheme ?? (isLocal ? "http://" : "https://")) + host : "https://pay.your-shop.eu";
  yield {
    text: `\`endpoint="${endpoint}"\` is not the address of a Worker. Write \`${address}\`.`,
    section: "endpoint",
  };
}

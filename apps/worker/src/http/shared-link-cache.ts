/** A link to which shoppers may be redirected for a while. */
export interface KeptLink {
  readonly url: string;
  /** Milliseconds of the epoch. */
  readonly keptUntil: number;
}

/**
 * How long the Worker redirects shoppers to a shared link without a call of the merchant's object.
 *
 * If a price changes, shoppers are still redirected to the link at the earlier price for this time, and can pay it. So
 * that link stays open for as long, and is then deactivated. A longer time would save little: for a link that a
 * thousand people open from a newsletter, the object is called twice a minute in each of Cloudflare's locations.
 */
export const SHARED_LINK_KEPT_MS = 30_000;

const SECOND = 1000;

/**
 * Recently requested links, in Cloudflare's cache of the location where the Worker runs. No one else can read that
 * cache. On `*.workers.dev`, Cloudflare caches nothing there, and every request calls the object. Only successful
 * redirects are cached.
 */
export class LinkCache {
  readonly #name: string;

  /** @param name separates this cache from others. */
  constructor(name: string) {
    this.#name = name;
  }

  /**
   * Returns the address of a link; null if none is cached, or its time is over. @param path its key, in path segments.
   */
  async find(path: readonly string[]): Promise<string | null> {
    const cache = await caches.open(this.#name);
    const found = await cache.match(requestFor(path));
    if (found === undefined) return null;
    const { url, keptUntil } = await found.json<KeptLink>();
    // The cache alone counts in whole seconds, and only from when it stored the link.
    return Date.now() < keptUntil ? url : null;
  }

  async keep(path: readonly string[], link: KeptLink): Promise<void> {
    const seconds = Math.ceil((link.keptUntil - Date.now()) / SECOND);
    if (seconds < 1) return;
    const cache = await caches.open(this.#name);
    const headers = { "Cache-Control": `max-age=${seconds}` };
    await cache.put(requestFor(path), Response.json(link, { headers }));
  }
}

/** The cache uses addresses as keys. No request is ever sent to this one. */
function requestFor(path: readonly string[]): Request {
  return new Request(`https://kept.invalid/${path.map(encodeURIComponent).join("/")}`);
}

/** A link that people may be sent to for a while. */
export interface KeptLink {
  readonly url: string;
  /** Milliseconds of the epoch. */
  readonly keptUntil: number;
}

/**
 * How long the Worker redirects shoppers to a shared link without a call of the merchant's object.
 *
 * If a price changes, shoppers are still redirected to the link at the earlier price for as long as this, and can pay it. So
 * that link stays open for as long, and is then deactivated. A longer time would save little: of a link that a thousand
 * people open from a newsletter, the object is called twice a minute in each of Cloudflare's locations.
 */
export const SHARED_LINK_KEPT_MS = 30_000;

const SECOND = 1000;

/**
 * Links that were asked for lately, kept in Cloudflare's cache of the place where the Worker runs: nobody else can read
 * that. On `*.workers.dev`, Cloudflare keeps nothing there, and every request asks anew. Only what has led somewhere is
 * kept, never a failure.
 */
export class LinkCache {
  readonly #name: string;

  /** @param name sets what is kept apart from other caches. */
  constructor(name: string) {
    this.#name = name;
  }

  /** The address of a link; null where none is kept (any more). @param path what it leads to, in path segments. */
  async find(path: readonly string[]): Promise<string | null> {
    const cache = await caches.open(this.#name);
    const found = await cache.match(requestFor(path));
    if (found === undefined) return null;
    const { url, keptUntil } = await found.json<KeptLink>();
    // Not left to the cache alone, which counts in whole seconds, and from when it has stored it.
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

/** The cache knows things by addresses. Nothing is ever asked of this one. */
function requestFor(path: readonly string[]): Request {
  return new Request(`https://kept.invalid/${path.map(encodeURIComponent).join("/")}`);
}

/** A link that people may be sent to for a while. */
export interface KeptLink {
  readonly url: string;
  /** Milliseconds of the epoch. */
  readonly keptUntil: number;
}

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

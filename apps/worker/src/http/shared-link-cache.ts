import { isUrlAllowed } from "./allowed-url.ts";

/** A link to which shoppers may be redirected for a while. */
export interface KeptLink {
  readonly url: string;
  /** Milliseconds since the epoch. */
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

/** The name of Cloudflare's cache. */
const CACHE = "shared-links";

/** More links than one isolate redirects to within their 30 seconds. Bounds its memory. */
const MOST_IN_MEMORY = 10_000;

/** A link whose address was found to be on one of these hosts. */
interface RememberedLink extends KeptLink {
  readonly hosts: ReadonlySet<string>;
}

/**
 * Recently requested links: first in the memory of the isolate, then in Cloudflare's cache of the location where the
 * Worker runs. No one else can read that cache. On `*.workers.dev`, Cloudflare caches nothing there. Only successful
 * redirects are stored. In both places, a link is kept until the time that the merchant's object has set.
 */
class SharedLinks {
  /** By path, the longest stored first. */
  readonly #memory = new Map<string, RememberedLink>();

  /**
   * Returns the address of a link from the memory of this isolate; null if it has none whose time is left.
   *
   * @param path the key of the link, an encoded path.
   * @param hosts the allowed hosts of the address.
   */
  recall(path: string, hosts: ReadonlySet<string>): string | null {
    const kept = this.#memory.get(path);
    return kept !== undefined && kept.hosts === hosts && isFresh(kept) ? kept.url : null;
  }

  /** Returns the address of a link from Cloudflare's cache; null if none is cached, or its time is over. */
  async find(path: string, hosts: ReadonlySet<string>): Promise<string | null> {
    const cache = await caches.open(CACHE);
    const found = await cache.match(requestFor(path));
    if (found === undefined) return null;
    const link = await found.json<KeptLink>();
    // The cache alone counts in whole seconds, and only from when it stored the link.
    if (!isFresh(link)) return null;
    this.#remember(path, link, hosts);
    return link.url;
  }

  /** Stores a link in both places. */
  async keep(path: string, link: KeptLink, hosts: ReadonlySet<string>): Promise<void> {
    const seconds = Math.ceil((link.keptUntil - Date.now()) / SECOND);
    if (seconds < 1) return;
    this.#remember(path, link, hosts);
    const cache = await caches.open(CACHE);
    const headers = { "Cache-Control": `max-age=${seconds}` };
    await cache.put(requestFor(path), Response.json(link, { headers }));
  }

  /** Deletes all links from the memory of this isolate. For tests, which share one isolate. */
  forget(): void {
    this.#memory.clear();
  }

  #remember(path: string, link: KeptLink, hosts: ReadonlySet<string>): void {
    if (!isUrlAllowed(link.url, hosts)) return;
    // Deleted first, so that the map stays in the order of storage.
    this.#memory.delete(path);
    this.#memory.set(path, { ...link, hosts });
    if (this.#memory.size <= MOST_IN_MEMORY) return;
    for (const oldest of this.#memory.keys()) {
      this.#memory.delete(oldest);
      return;
    }
  }
}

export const sharedLinks = new SharedLinks();

/** Whether the time of a link is left. If more than all of it is left, a clock was set. */
function isFresh({ keptUntil }: KeptLink): boolean {
  const left = keptUntil - Date.now();
  return left > 0 && left <= SHARED_LINK_KEPT_MS;
}

/** The cache uses addresses as keys. No request is ever sent to this one. */
function requestFor(path: string): Request {
  return new Request(`https://kept.invalid/${path}`);
}

/** The parts of a browser that the onboarding needs: it stores cookies, and sends the origin of its forms. */
export class PageBrowser {
  /** By origin, then by name. */
  readonly #cookies = new Map<string, Map<string, string>>();

  /**
   * Returns a page, or nothing if the response is a redirect, which is not followed. @throws Error if the page reports
   * a problem.
   */
  async get(url: string): Promise<string> {
    const response = await this.#fetch(url, { method: "GET" });
    return response.text();
  }

  /**
   * Posts a form of a page of the same origin. @returns the target of the redirect. @throws Error if there is no
   * redirect.
   */
  async post(url: string, form: Readonly<Record<string, string>> = {}): Promise<string> {
    const headers = { Origin: new URL(url).origin };
    const response = await this.#fetch(url, { method: "POST", headers, body: new URLSearchParams(form) });
    const location = response.headers.get("Location");
    await response.text();
    if (location === null) throw new Error(`POST ${new URL(url).pathname} did not redirect`);
    return new URL(location, url).href;
  }

  async #fetch(url: string, init: { method: string; headers?: object; body?: URLSearchParams }): Promise<Response> {
    const { origin, pathname } = new URL(url);
    const cookies = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, cookies);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { ...init.headers, ...(cookie !== "" && { Cookie: cookie }) };
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const kept of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(kept) ?? [];
      cookies.set(name, value);
    }
    if (response.status < 400) return response;
    const [, code = "without a code"] = /Code <code>(\w+)<\/code>/.exec(await response.text()) ?? [];
    throw new Error(`${init.method} ${pathname} answered ${response.status} ${code}`);
  }
}

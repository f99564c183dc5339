type Variables = Readonly<Record<string, unknown>>;

/** One visitor of one of the shop's GraphQL APIs, who keeps their session. */
export class GraphqlSession {
  readonly #url: URL;
  #token: string | null = null;

  constructor(url: string) {
    this.#url = new URL(url);
  }

  /** Has all that is asked from now on be asked with this in its address. */
  setParameter(name: string, value: string): void {
    this.#url.searchParams.set(name, value);
  }

  /** The data of one operation. @throws Error with what the API says is wrong. */
  async ask<Data>(query: string, variables: Variables = {}): Promise<Data> {
    const response = await fetch(this.#url, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        ...(this.#token !== null && { Authorization: `Bearer ${this.#token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    this.#token = response.headers.get("vendure-auth-token") ?? this.#token;
    const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  }
}

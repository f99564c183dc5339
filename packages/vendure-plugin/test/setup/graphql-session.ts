type Variables = Readonly<Record<string, unknown>>;

/** The session of a visitor in one of the shop's GraphQL APIs. */
export class GraphqlSession {
  readonly #url: URL;
  #token: string | null = null;

  constructor(url: string) {
    this.#url = new URL(url);
  }

  /** Sets a query parameter for all further requests. */
  setParameter(name: string, value: string): void {
    this.#url.searchParams.set(name, value);
  }

  /** Runs an operation and returns its data. @throws Error with the errors of the response. */
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

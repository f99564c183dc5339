/** Those who wait to be told of a change, by the id of what may change. */
export class Watchers<Message> {
  readonly #tellers = new Map<string, Set<(message: Message) => void>>();

  /** @returns how to leave again. */
  add(id: string, tell: (message: Message) => void): () => void {
    const tellers = this.#tellers.get(id) ?? new Set();
    this.#tellers.set(id, tellers.add(tell));
    return () => {
      tellers.delete(tell);
      if (tellers.size === 0 && this.#tellers.get(id) === tellers) this.#tellers.delete(id);
    };
  }

  tell(id: string, message: Message): void {
    for (const tell of this.#tellers.get(id) ?? []) tell(message);
  }
}

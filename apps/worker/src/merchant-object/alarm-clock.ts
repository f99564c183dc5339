/** The one alarm of a merchant object. */
export class AlarmClock {
  readonly #storage: DurableObjectStorage;
  #last: Promise<void> = Promise.resolve();

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** Has it ring at this time (milliseconds of the epoch) or before. */
  schedule(time: number): Promise<void> {
    // One after the other: of two that look at once, the later time must not win.
    this.#last = this.#last.catch(() => undefined).then(() => this.#bringForward(time));
    return this.#last;
  }

  async #bringForward(time: number): Promise<void> {
    const current = await this.#storage.getAlarm();
    if (current === null || time < current) await this.#storage.setAlarm(time);
  }
}

import { Inject, Injectable } from "@nestjs/common";
import {
  RequestContextService,
  SettingsStoreScopes,
  type SettingsStoreFields,
  SettingsStoreService,
} from "@vendure/core";

const NAMESPACE = "qontoPay";
const FIELD = "lastEvent";

/** Declares where the cursor is kept, for Vendure's configuration. */
export const eventCursorField: SettingsStoreFields = {
  [NAMESPACE]: [{ name: FIELD, scope: SettingsStoreScopes.global, readonly: true }],
};

/** The last event that was handled, kept in the shop's database. */
@Injectable()
export class EventCursor {
  readonly #contexts: RequestContextService;
  readonly #settings: SettingsStoreService;

  constructor(
    @Inject(RequestContextService) contexts: RequestContextService,
    @Inject(SettingsStoreService) settings: SettingsStoreService,
  ) {
    this.#contexts = contexts;
    this.#settings = settings;
  }

  /** `evt_…`; undefined before the first one. */
  async get(): Promise<string | undefined> {
    const ctx = await this.#contexts.create({ apiType: "admin" });
    return (await this.#settings.get<{ id: string }>(ctx, `${NAMESPACE}.${FIELD}`))?.id;
  }

  /** @throws Error when it can't be kept. */
  async set(eventId: string): Promise<void> {
    const ctx = await this.#contexts.create({ apiType: "admin" });
    const { result, error } = await this.#settings.set(ctx, `${NAMESPACE}.${FIELD}`, { id: eventId });
    if (!result) throw new Error(`The last event could not be kept: ${error ?? "no reason was given"}`);
  }
}

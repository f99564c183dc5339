import { Inject, Injectable } from "@nestjs/common";
import { RequestContextService } from "@vendure/core";
import { PluginSettingsService } from "../services/plugin-settings.service.ts";

/** The last event that was handled, kept in the shop's database. */
@Injectable()
export class EventCursor {
  readonly #contexts: RequestContextService;
  readonly #settings: PluginSettingsService;

  constructor(
    @Inject(RequestContextService) contexts: RequestContextService,
    @Inject(PluginSettingsService) settings: PluginSettingsService,
  ) {
    this.#contexts = contexts;
    this.#settings = settings;
  }

  /** `evt_…`; undefined before the first one. */
  async get(): Promise<string | undefined> {
    const ctx = await this.#contexts.create({ apiType: "admin" });
    return (await this.#settings.get<{ id: string }>(ctx, "lastEvent"))?.id;
  }

  /** @throws Error when it can't be kept. */
  async set(eventId: string): Promise<void> {
    await this.#settings.set(await this.#contexts.create({ apiType: "admin" }), "lastEvent", { id: eventId });
  }
}

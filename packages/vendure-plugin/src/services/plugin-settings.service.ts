import { Inject, Injectable } from "@nestjs/common";
import {
  type RequestContext,
  type SettingsStoreFields,
  SettingsStoreScopes,
  SettingsStoreService,
} from "@vendure/core";
import { ACCESS_TOPICS } from "../constants.ts";
import type { AccessTopic } from "../types.ts";

const NAMESPACE = "qontoPay";

/** The plugin's entries in Vendure's settings store, for all channels. */
export type SettingName = "lastEvent" | AccessTopic;

/** Declares the settings for Vendure's configuration. */
export const settingsFields: SettingsStoreFields = {
  [NAMESPACE]: (["lastEvent", ...ACCESS_TOPICS] as const).map((name) => ({
    name,
    scope: SettingsStoreScopes.global,
    readonly: true,
  })),
};

/** Reads and writes the settings. */
@Injectable()
export class PluginSettingsService {
  readonly #settings: SettingsStoreService;

  constructor(@Inject(SettingsStoreService) settings: SettingsStoreService) {
    this.#settings = settings;
  }

  /** Returns undefined before the first `set`. */
  get<Value extends object>(ctx: RequestContext, name: SettingName): Promise<Value | undefined> {
    return this.#settings.get<Value>(ctx, `${NAMESPACE}.${name}`);
  }

  /** @throws Error if the value can't be stored. */
  async set(ctx: RequestContext, name: SettingName, value: Readonly<Record<string, string | boolean>>): Promise<void> {
    const { result, error } = await this.#settings.set(ctx, `${NAMESPACE}.${name}`, { ...value });
    if (!result) throw new Error(`The setting ${name} could not be stored: ${error ?? "no reason was given"}`);
  }
}

import type { RoundingKnowledge } from "../pricing/rounding-knowledge.ts";

/** What a merchant has one of. Those called `sealed_*` are encrypted by the vault. */
interface SettingValues {
  readonly allowed_origins: readonly string[];
  readonly rounding: RoundingKnowledge;
  readonly payment_methods: readonly string[];
  /** When a refresh token was used whose successor is not stored yet, in milliseconds of the epoch. */
  readonly renewal_begun_at: number;
  readonly sealed_tokens: string;
  readonly sealed_webhook_secret: string;
  readonly webhook_subscription_id: string;
}

export class Settings {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  read<Name extends keyof SettingValues>(name: Name): SettingValues[Name] | null {
    const row = this.#sql.exec<{ value: string }>("SELECT value FROM settings WHERE name = ?", name).toArray()[0];
    return row === undefined ? null : (JSON.parse(row.value) as SettingValues[Name]);
  }

  remove(name: keyof SettingValues): void {
    this.#sql.exec("DELETE FROM settings WHERE name = ?", name);
  }

  write<Name extends keyof SettingValues>(name: Name, value: SettingValues[Name]): void {
    this.#sql.exec("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", name, JSON.stringify(value));
  }
}

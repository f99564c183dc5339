/** What a field with personal data becomes. */
const WITHOUT_PERSON: Readonly<Record<string, unknown>> = {
  metadata: {},
  success_url: null,
  cancel_url: null,
  locale: null,
  items: null,
  debitor_name: null,
  debitor_email: null,
};

/**
 * Removes the personal data of a checkout from an event or a stored answer. Amounts, times and ids stay.
 *
 * @param isReferenceKept whether the reference stays: that of a checkout that is kept.
 */
export function withoutPersonalData(value: unknown, isReferenceKept: boolean): unknown {
  return mapObjects(value, (object) =>
    Object.fromEntries(
      Object.entries(object).map(([name, field]) => {
        if (name in WITHOUT_PERSON) return [name, WITHOUT_PERSON[name]];
        return name === "reference" && !isReferenceKept ? [name, null] : [name, field];
      }),
    ),
  );
}

/** Removes a payer's email address from the payments in an event or a stored answer. Other payers stay. */
export function withoutPayer(value: unknown, payer: string): unknown {
  return mapObjects(value, (object) => {
    const email = object["debitor_email"];
    const isOfPayer = typeof email === "string" && email.toLowerCase() === payer.toLowerCase();
    return isOfPayer ? { ...object, debitor_email: null, debitor_name: null } : object;
  });
}

type JsonObject = Readonly<Record<string, unknown>>;

/** Changes each object in a JSON value, the outer ones first. */
function mapObjects(value: unknown, change: (object: JsonObject) => JsonObject): unknown {
  if (Array.isArray(value)) return value.map((one) => mapObjects(one, change));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(change(value as JsonObject));
  return Object.fromEntries(entries.map(([name, field]) => [name, mapObjects(field, change)]));
}

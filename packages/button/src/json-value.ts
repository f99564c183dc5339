import { parsedJson } from "./parsed-json.ts";

/** A property whose attribute is JSON; undefined where it is none. */
export const JSON_VALUE = { converter: { fromAttribute: (text: string | null) => parsedJson(text ?? "") } };

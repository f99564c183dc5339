import { type Html, html } from "./html.ts";

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly error: string | undefined;
  /** Writes the control with the attributes that connect it to its label, hint and error. */
  readonly control: (attributes: Html) => Html;
}

/** Returns a labelled control with its hint and its error. */
export function field({ name, label, hint, error, control }: Field): Html {
  const attributes =
    error === undefined
      ? html`id="${name}" name="${name}" aria-describedby="${name}-hint"`
      : html`id="${name}" name="${name}" aria-describedby="${name}-hint ${name}-error" aria-invalid="true"`;
  return html`<div class="field">
<label for="${name}">${label}</label>
<p class="hint" id="${name}-hint">${hint}</p>
${error !== undefined && html`<p class="error" id="${name}-error">${error}</p>`}
${control(attributes)}
</div>`;
}

/** Returns the errors at the top of a form, each with a link to its field, or one problem of the whole form. */
export function problemsAbove(errors: Readonly<Record<string, string>>, problem: string | null): Html | null {
  const found = Object.entries(errors);
  if (problem !== null) return html`<div class="alert" role="alert"><p>${problem}</p></div>`;
  if (found.length === 0) return null;
  return html`<div class="alert" role="alert">
<p>Please check ${found.length === 1 ? "one field" : `${found.length} fields`}:</p>
<ul>
${found.map(([name, error]) => html`<li><a href="#${name}">${error}</a></li>`)}
</ul>
</div>`;
}

import { type Markup, markup, NOTHING } from "./markup.ts";

/** What a page has to say when it says one thing. */
export interface Message {
  readonly title: string;
  readonly text: string;
  readonly mood: "good" | "bad" | "neutral";
}

/** One message on a page of its own, with `more` under it. */
export function messageView({ title, text, mood }: Message, more: Markup = NOTHING): Markup {
  return markup`<section class="card single result ${mood}" role="status">
<h1>${title}</h1>
<p>${text}</p>
${more}
</section>`;
}

import { type Markup, markup, NOTHING } from "./markup.ts";

/** A page's only message. */
export interface Message {
  readonly title: string;
  readonly text: string;
  readonly mood: "good" | "bad" | "neutral";
}

/** Returns a message as a page's content, with `more` below it. */
export function messageView({ title, text, mood }: Message, more: Markup = NOTHING): Markup {
  return markup`<section class="card single result ${mood}" role="status">
<h1>${title}</h1>
<p>${text}</p>
${more}
</section>`;
}

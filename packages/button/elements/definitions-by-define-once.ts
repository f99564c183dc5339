import type { JavaScriptModule } from "custom-elements-manifest/schema.d.ts";

interface Text {
  getText(): string;
}

/** A node that may be a call `defineOnce("tag-name", ClassName)`. */
interface MaybeCall {
  readonly expression?: Text;
  readonly arguments?: readonly (Text & { readonly text?: string })[];
}

/** Makes the analyzer recognize `defineOnce`. Without this plugin it finds only calls of `customElements.define`. */
export const definitionsByDefineOnce = {
  name: "definitions-by-define-once",
  analyzePhase({ node, moduleDoc }: { readonly node: MaybeCall; readonly moduleDoc: JavaScriptModule }): void {
    const [tag, element] = node.arguments ?? [];
    if (node.expression?.getText() !== "defineOnce" || tag?.text === undefined || element === undefined) return;
    moduleDoc.exports = [
      ...(moduleDoc.exports ?? []),
      { kind: "custom-element-definition", name: tag.text, declaration: { name: element.getText() } },
    ];
  },
};

import type { JavaScriptModule } from "custom-elements-manifest/schema.d.ts";

interface Text {
  getText(): string;
}

/** A call `defineOnce("tag-name", ClassName)`, as far as it is one. */
interface MaybeCall {
  readonly expression?: Text;
  readonly arguments?: readonly (Text & { readonly text?: string })[];
}

/** Plugin of the analyzer, which by itself finds calls of `customElements.define` alone. */
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

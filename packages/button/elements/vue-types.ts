import type { Analyzed, Element } from "./analyze-elements.ts";
import { importsOf, members, ownProps, REGISTERS } from "./own-props.ts";

/** Returns types for Vue's templates, in the form that Vue's guide describes for custom elements. */
export function vueTypes({ elements, exported }: Analyzed): string {
  return `import type { EmitFn, HTMLAttributes, PublicProps } from "vue";
${importsOf(elements, exported)}
${REGISTERS}

${elements.map(propsOf).join("\n\n")}

declare module "vue" {
  interface GlobalComponents {
${elements.map(componentOf).join("\n")}
  }
}
`;
}

function propsOf(element: Element): string {
  const { name, events } = element;
  return `interface ${name}OwnProps {
${members(ownProps(element))}
}
/** The props of \`<${element.tagName}>\`. */
export type ${name}Props = Omit<HTMLAttributes, keyof ${name}OwnProps> & ${name}OwnProps;
type ${name}Events = {
${events.map(({ name: event, type }) => `  "${event}": (event: ${type.text}) => void;`).join("\n")}
};`;
}

function componentOf({ name, tagName }: Element): string {
  return `    "${tagName}": new () => ${name} & {
      /** For templates only. */
      $props: ${name}Props & PublicProps;
      /** For templates only. */
      $emit: EmitFn<${name}Events>;
    };`;
}

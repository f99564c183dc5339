import type { Analyzed, Element } from "./analyze-elements.ts";
import { importsOf, members, ownProps, REGISTERS } from "./own-props.ts";

/** Returns types for JSX with React 19. React sets properties, and its listeners are named `on` plus the event type. */
export function reactTypes({ elements, exported }: Analyzed): string {
  return `import type { ClassAttributes, HTMLAttributes } from "react";
${importsOf(elements, exported)}
${REGISTERS}

${elements.map(propsOf).join("\n\n")}

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
${elements.map(({ name, tagName }) => `      "${tagName}": ClassAttributes<${name}> & ${name}Props;`).join("\n")}
    }
  }
}
`;
}

function propsOf(element: Element): string {
  const { name, events } = element;
  const listeners = events.map(
    (event) =>
      [`on${event.name}`, `((event: ${event.type.text}) => void) | null | undefined`, event.description] as const,
  );
  return `interface ${name}OwnProps {
${members([...ownProps(element), ...listeners])}
}
/** The props of \`<${element.tagName}>\`. */
export type ${name}Props = Omit<HTMLAttributes<${name}>, keyof ${name}OwnProps> & ${name}OwnProps;`;
}

import * as z from "zod";

/**
 * Names of the fields that may stand at a place of what a schema takes; where it takes one of several shapes, of all of
 * them.
 *
 * @param path to the place, from the whole on.
 */
export function knownFields(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  const [step, ...rest] = path;
  const shapes = shapesOf(schema);
  const names =
    step === undefined
      ? shapes.flatMap((shape) => (shape instanceof z.ZodObject ? Object.keys(shape.shape) : []))
      : shapes.flatMap((shape) => partsAt(shape, step)).flatMap((part) => knownFields(part, rest));
  return [...new Set(names)];
}

function shapesOf(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(shapesOf);
  const isWrapped =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodExactOptional;
  return isWrapped ? shapesOf(schema.unwrap()) : [schema];
}

function partsAt(shape: z.core.$ZodType, step: PropertyKey): readonly z.core.$ZodType[] {
  if (shape instanceof z.ZodArray) return [shape.element];
  if (!(shape instanceof z.ZodObject) || !Object.hasOwn(shape.shape, step)) return [];
  return [shape.shape[step as string]];
}

import { notYetKnown, type Value, valuesAt } from "../runtime/core/cells/edges/values.js";

type Props = Readonly<Record<string, unknown>>;

/**
 * What stands at a path where something is expected: also nothing, once, or once for each element of
 * a list (`replicas[].kmsKeyArn`) that lacks it. What is not known yet is `notYetKnown`.
 */
export function expectedAt(props: Props, path: string): readonly Value[] {
  const [list, rest] = path.split("[].");
  if (list === undefined || rest === undefined) return [onlyAt(props, path)];
  return valuesAt(props, `${list}[]`).map(({ path: element, value }) =>
    value === notYetKnown
      ? { path: element, value }
      : { ...onlyAt(value as Props, rest), path: `${element}.${rest}` },
  );
}

/** What stands at a path of single values: nothing where it is absent. */
export function onlyAt(props: Props, path: string): Value {
  const [found] = valuesAt(props, path);
  return { path, value: found?.value };
}

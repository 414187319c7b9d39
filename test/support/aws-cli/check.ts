import type { PublishedModels, ServiceModel, Shape } from "./models.js";

/** Options that every command takes, with the number of values of each. */
const globalOptions: Readonly<Record<string, number>> = {
  "--region": 1,
  "--endpoint-url": 1,
  "--query": 1,
  "--output": 1,
  "--cli-binary-format": 1,
};

/** Options that the CLI adds to make a presigned URL. Source: its customisation of RDS. */
const addedOptions = new Set(["rds --source-region"]);

/** Everything that the published models say against one command line of the AWS CLI. */
export function commandProblems(
  models: PublishedModels,
  argv: readonly string[],
): readonly string[] {
  const [program, service = "", command = "", ...rest] = argv;
  if (program !== "aws") return [`${program} is not the AWS CLI`];
  const model = models.of(service);
  const operation = Object.keys(model.operations).find((name) => kebab(name) === command);
  if (operation === undefined) return [`${service} has no operation ${command}`];
  const { input, output } = model.operations[operation] ?? {};
  const shape = input ? shapeNamed(model, input.shape) : undefined;
  const { options, positional } = parsed(rest);
  const problems = optionProblems(model, shape, service, options);
  const outfiles = hasStream(model, output?.shape) ? 1 : 0;
  if (positional.length !== outfiles) {
    problems.push(`${service} ${command} takes ${outfiles} file, got ${positional.length}`);
  }
  return problems;
}

/** The options of a command line, each with its values; what follows none of them. */
function parsed(words: readonly string[]) {
  const options = new Map<string, string[]>();
  const positional: string[] = [];
  let current: string[] | undefined;
  for (const word of words) {
    if (word.startsWith("--")) {
      current = [];
      options.set(word, current);
    } else if (/^\/dev\/stdout$/.test(word) || current === undefined) positional.push(word);
    else current.push(word);
  }
  return { options, positional };
}

function optionProblems(
  model: ServiceModel,
  input: Shape | undefined,
  service: string,
  options: ReadonlyMap<string, readonly string[]>,
): string[] {
  const members = Object.entries(input?.members ?? {});
  const given = new Set<string>();
  const problems: string[] = [];
  for (const [option, values] of options) {
    if (option in globalOptions) {
      if (values.length !== globalOptions[option]) problems.push(`${option} takes one value`);
      continue;
    }
    if (addedOptions.has(`${service} ${option}`)) continue;
    const found = members.find(([name]) =>
      [`--${kebab(name)}`, `--no-${kebab(name)}`].includes(option),
    );
    if (found === undefined) {
      problems.push(`${service} has no option ${option} here`);
      continue;
    }
    const [name, { shape }] = found;
    given.add(name);
    problems.push(...valueProblems(model, shapeNamed(model, shape), option, values));
  }
  const missing = (input?.required ?? []).filter((name) => !given.has(name));
  return [...problems, ...missing.map((name) => `--${kebab(name)} is required`)];
}

function valueProblems(
  model: ServiceModel,
  shape: Shape,
  option: string,
  values: readonly string[],
): readonly string[] {
  if (shape.type === "boolean") return values.length === 0 ? [] : [`${option} takes no value`];
  if (option.startsWith("--no-")) return [`${option} is no flag`];
  if (values.length === 0) return [`${option} takes a value`];
  const [first = ""] = values;
  if (/^[[{]/.test(first)) return jsonProblems(model, shape, option, first);
  if (shape.type === "list") {
    const item = shapeNamed(model, shape.member?.shape ?? "");
    if (item.type === "structure")
      return values.flatMap((value) => shorthand(model, item, option, value));
    return values.flatMap((value) => scalarProblems(item, option, value));
  }
  if (values.length > 1) return [`${option} takes one value, got ${values.length}`];
  return scalarProblems(shape, option, first);
}

function jsonProblems(model: ServiceModel, shape: Shape, option: string, text: string) {
  if (shape.type === "blob" || shape.type === "string") return [];
  try {
    return treeProblems(model, shape, option, JSON.parse(text));
  } catch {
    return [`${option} is no JSON: ${text}`];
  }
}

/** A value written as JSON against its shape, to the last leaf. */
function treeProblems(
  model: ServiceModel,
  shape: Shape,
  at: string,
  value: unknown,
): readonly string[] {
  switch (shape.type) {
    case "structure": {
      const members = shape.members ?? {};
      const entries = Object.entries(Object(value));
      const missing = (shape.required ?? []).filter((name) => !(name in Object(value)));
      return [
        ...missing.map((name) => `${at}.${name} is required`),
        ...entries.flatMap(([name, item]) => {
          const member = members[name];
          return member === undefined
            ? [`${at} has no member ${name}`]
            : treeProblems(model, shapeNamed(model, member.shape), `${at}.${name}`, item);
        }),
      ];
    }
    case "list":
      return Array.isArray(value)
        ? value.flatMap((item) =>
            treeProblems(model, shapeNamed(model, shape.member?.shape ?? ""), at, item),
          )
        : [`${at} is a list`];
    case "map":
      return Object.values(Object(value)).flatMap((item) =>
        treeProblems(model, shapeNamed(model, shape.value?.shape ?? ""), at, item),
      );
    default:
      return scalarProblems(shape, at, String(value));
  }
}

/** `Key=value,Other=value`, without lists inside. */
function shorthand(
  model: ServiceModel,
  shape: Shape,
  option: string,
  text: string,
): readonly string[] {
  const tree = Object.fromEntries(text.split(",").map((pair) => pair.split("=", 2)));
  const isNamed = Object.keys(tree).every((key) => key in (shape.members ?? {}));
  return isNamed ? treeProblems(model, shape, option, tree) : [`${option} does not take ${text}`];
}

function scalarProblems(
  { type, enum: words, pattern, min, max }: Shape,
  at: string,
  value: string,
) {
  if (type === "integer" || type === "long") {
    const number = Number(value);
    const isWithin =
      Number.isInteger(number) && number >= (min ?? number) && number <= (max ?? number);
    return isWithin ? [] : [`${at} is no number within its bounds: ${value}`];
  }
  if (type !== "string") return [];
  if (words !== undefined && !words.includes(value))
    return [`${at} is none of its words: ${value}`];
  if (value.length < (min ?? 0) || value.length > (max ?? value.length))
    return [`${at} is too short or too long: ${value}`];
  if (pattern !== undefined && !matches(pattern, value))
    return [`${at} does not match ${pattern}: ${value}`];
  return [];
}

/** Patterns are Java's: what JavaScript cannot read says nothing. */
function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, "u").test(value);
  } catch {
    return true;
  }
}

function shapeNamed(model: ServiceModel, name: string): Shape {
  const shape = model.shapes[name];
  if (shape === undefined) throw new Error(`the model must hold the shape ${name}`);
  return shape;
}

function hasStream(model: ServiceModel, output: string | undefined): boolean {
  if (output === undefined) return false;
  const { payload, members } = shapeNamed(model, output) as Shape & { readonly payload?: string };
  if (payload === undefined) return false;
  return shapeNamed(model, members?.[payload]?.shape ?? "").type === "blob";
}

/** A name as the CLI writes it. Source: `xform_name` of botocore. */
function kebab(name: string): string {
  const special = /[A-Z]{2,}s$/.exec(name)?.[0];
  const rest =
    special === undefined ? name : `${name.slice(0, -special.length)}-${special.toLowerCase()}`;
  return rest
    .replace(/(.)([A-Z][a-z]+)/g, "$1-$2")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/^-/, "")
    .toLowerCase();
}

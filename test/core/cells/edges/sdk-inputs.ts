import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** An input of a resource type of the AWS provider that holds no further inputs. */
export interface SdkInput {
  /** `aws:backup/plan:Plan` */
  readonly type: string;
  /** `rules.copyActions.destinationVaultArn` */
  readonly path: string;
  /** Its type in the declarations, such as `pulumi.Input<string>`. */
  readonly declared: string;
}

type Members = readonly (readonly [name: string, declared: string])[];

const sdk = dirname(createRequire(import.meta.url).resolve("@pulumi/aws/package.json"));

/** Every input of every resource type, as the TypeScript declarations of the pinned SDK have them. */
export function sdkInputs(): readonly SdkInput[] {
  const shared = sharedTypes(readFileSync(join(sdk, "types/input.d.ts"), "utf8"));
  return folders().flatMap((folder) =>
    classFiles(folder).flatMap((file) => {
      const type = /__pulumiType = '([^']+)'/.exec(readFileSync(`${file}.js`, "utf8"))?.[1];
      const [, args = ""] = readFileSync(`${file}.d.ts`, "utf8").split(
        /^export interface \w+Args \{$/m,
      );
      return type === undefined ? [] : leaves(type, membersOf(args, 4), shared, []);
    }),
  );
}

function folders(): readonly string[] {
  return readdirSync(sdk, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "node_modules")
    .map(({ name }) => join(sdk, name));
}

function classFiles(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".js") && file !== "index.js")
    .map((file) => join(folder, file.slice(0, -".js".length)));
}

function leaves(
  type: string,
  members: Members,
  shared: ReadonlyMap<string, Members>,
  way: readonly string[],
  seen: readonly string[] = [],
): readonly SdkInput[] {
  return members.flatMap(([name, declared]): readonly SdkInput[] => {
    const at = [...way, name];
    const inner = /\binputs\.([\w.]+)/.exec(declared)?.[1];
    if (inner === undefined) return [{ type, path: at.join("."), declared }];
    const further = shared.get(inner);
    if (further === undefined)
      throw new Error(`${type} must be declared in full, got no ${inner}.`);
    return seen.includes(inner) ? [] : leaves(type, further, shared, at, [...seen, inner]);
  });
}

/** The members of each interface of the file of shared input types, by `namespace.Name`. */
function sharedTypes(text: string): ReadonlyMap<string, Members> {
  const spaces = text.split(/^export declare namespace (?=\w)/m).slice(1);
  return new Map(
    spaces.flatMap((space) => {
      const name = /^\w+/.exec(space)?.[0] ?? "";
      return space
        .split(/^ {4}interface (?=\w)/m)
        .slice(1)
        .map((one) => [`${name}.${/^\w+/.exec(one)?.[0] ?? ""}`, membersOf(one, 8)] as const);
    }),
  );
}

/** Members at an indentation, up to the end of the interface; of a map, the line that opens it. */
function membersOf(text: string, indentation: number): Members {
  const [own = ""] = text.split(new RegExp(`^ {${indentation - 4}}\\}`, "m"));
  const members = own.matchAll(new RegExp(`^ {${indentation}}(\\w+)\\??: (.*[;{])$`, "gm"));
  return [...members].map(([, name = "", declared = ""]) => [name, declared] as const);
}

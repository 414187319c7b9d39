import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, renameSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const moduleFolder = fileURLToPath(new URL("../pulumi-cli", import.meta.url));
const command = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const version = versionIn(readFileSync(join(moduleFolder, "go.mod"), "utf8"));

/**
 * Where a built CLI is kept, so that only the first run of a machine builds it: below
 * `AWS_DR_CACHE_DIR`, or in the user's own cache.
 */
export function builtCliIn(variables: Readonly<NodeJS.ProcessEnv>): string {
  const { HOME = homedir(), XDG_CACHE_HOME = join(HOME, ".cache") } = variables;
  const { AWS_DR_CACHE_DIR = join(XDG_CACHE_HOME, "pulumi-aws-dr") } = variables;
  return join(AWS_DR_CACHE_DIR, `pulumi-${version}`, "pulumi");
}

/** Packages that a build from nothing compiles, Go's own among them. Counted with 3.259.0. */
const packagesInAll = 1_680;

/**
 * Builds the CLI from the module that go.mod names, which takes some minutes the first time, and
 * answers its path. Where modules come from is up to the machine's own Go settings.
 */
export async function buildCli(
  go: string,
  variables: Readonly<NodeJS.ProcessEnv>,
): Promise<string> {
  const builtCli = builtCliIn(variables);
  mkdirSync(dirname(builtCli), { recursive: true });
  const unfinished = `${builtCli}.${process.pid}`;
  const variable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";
  const build = spawn(
    go,
    [
      ...["build", "-v", "-trimpath", "-tags", "osusergo,grpcnotrace", "-o", unfinished],
      ...["-ldflags", `-s -w -X ${variable}=${version}`, command],
    ],
    {
      cwd: moduleFolder,
      env: { ...variables, CGO_ENABLED: "0" },
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  const lastLines = showProgress(build.stderr, dirname(builtCli));
  const [code] = (await once(build, "close")) as [number | null];
  if (code !== 0) throw new Error(lastLines() || `go build ended with exit code ${code}`);
  renameSync(unfinished, builtCli);
  return builtCli;
}

/** Keeps one line of a terminal up to date, and says once that it builds where there is none. */
function showProgress(output: NodeJS.ReadableStream, folder: string): () => string {
  const { stderr } = process;
  const startedAt = performance.now();
  const title = `building the Pulumi CLI ${version} from its Go module, kept in ${folder}`;
  if (!stderr.isTTY) stderr.write(`${title} …\n`);
  let lines: readonly string[] = [];
  let compiled = 0;
  output.setEncoding("utf8").on("data", (text: string) => {
    const printed = text.split("\n").filter((line) => line !== "");
    lines = [...lines, ...printed].slice(-5);
    compiled += printed.filter((line) => !line.startsWith("go: ")).length;
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    const percent = Math.min(99, Math.round((compiled / packagesInAll) * 100));
    if (stderr.isTTY) stderr.write(`\r${title}: ${percent} %, ${seconds} s`);
  });
  output.on("close", () => stderr.isTTY && stderr.write("\n"));
  return () => lines.join("\n");
}

function versionIn(goModule: string): string {
  const [, found] = /pulumi\/pkg\/v3 (v\S+)/.exec(goModule) ?? [];
  if (found === undefined) throw new Error(`${moduleFolder}/go.mod must name pulumi/pkg/v3`);
  return found;
}

import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { builtCliIn } from "./support/pulumi-build.js";
import { pulumiCli } from "./support/pulumi-cli.js";

describe("the search for a Pulumi CLI", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "home-"));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  function executable(path: string, script: string): string {
    const file = join(home, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  const cliAt = (folder: string, version: string) =>
    executable(join(folder, "pulumi"), `echo ${version}`);

  const search = (variables: NodeJS.ProcessEnv = {}) =>
    pulumiCli({ HOME: home, PATH: join(home, "bin"), ...variables });

  it("takes the one on PATH before all others", async () => {
    cliAt(".pulumi/versions/3.259.0/bin", "v3.259.0");
    const path = cliAt("bin", "v3.230.0");
    expect(await search()).toEqual({
      tool: { path, version: "v3.230.0", languageHost: undefined },
    });
  });

  it("takes the newest of Pulumi's own cache of versions", async () => {
    cliAt(".pulumi/versions/3.99.0/bin", "v3.99.0");
    const path = cliAt(".pulumi/versions/3.259.0/bin", "v3.259.0");
    cliAt(".pulumi/versions/3.231.0/bin", "v3.231.0");
    expect(await search()).toMatchObject({ tool: { path } });
  });

  it("looks where PULUMI_HOME says", async () => {
    const path = cliAt("elsewhere/versions/3.259.0/bin", "v3.259.0");
    expect(await search({ PULUMI_HOME: join(home, "elsewhere") })).toMatchObject({
      tool: { path },
    });
  });

  it("takes the one that an earlier run built, from where AWS_DR_CACHE_DIR says", async () => {
    const variables = { AWS_DR_CACHE_DIR: join(home, "cache") };
    const path = builtCliIn(variables);
    expect(cliAt(relative(home, dirname(path)), "v3.259.0")).toBe(path);
    expect(await search(variables)).toMatchObject({ tool: { path } });
  });

  it.each(["bin", ".pulumi/bin"])("takes the language host in %s with it", async (folder) => {
    const path = cliAt(".pulumi/bin", "v3.259.0");
    const languageHost = executable(join(folder, "pulumi-language-nodejs"), "");
    expect(await search()).toEqual({ tool: { path, version: "v3.259.0", languageHost } });
  });

  it("passes over those that are too old or do not run, and says so", async () => {
    const old = cliAt("bin", "v3.228.0");
    const broken = executable(".pulumi/bin/pulumi", "exit 1");
    expect(await search()).toEqual({
      missing:
        "there must be a Pulumi CLI of v3.229 or later, got " +
        `v3.228.0 (${old}), one that does not run (${broken}), nor Go to build one`,
    });
  });

  it("says what is missing where there is nothing", async () => {
    expect(await search()).toEqual({
      missing: "there must be a Pulumi CLI of v3.229 or later, got none, nor Go to build one",
    });
  });

  it("builds one with Go from its module, and keeps it", async () => {
    const go = `for out in "$@"; do [ "$previous" = -o ] && break; previous=$out; done
printf '#!/bin/sh\\necho v3.259.0\\n' > "$out"; /bin/chmod 755 "$out"`;
    executable("bin/go", go);
    const path = builtCliIn({ HOME: home });
    expect(relative(home, path)).toMatch(/^\.cache\/pulumi-aws-dr\/pulumi-v3\./);
    expect(await search()).toMatchObject({ tool: { path } });
    rmSync(join(home, "bin"), { recursive: true });
    expect(await search()).toMatchObject({ tool: { path } });
  });

  it("tells the last words of a build that failed", async () => {
    executable("bin/go", "echo the module is not to be had >&2; exit 1");
    expect(await search()).toEqual({
      missing: "the Pulumi CLI could not be built: the module is not to be had",
    });
  });
});

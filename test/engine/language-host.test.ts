import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import type { LocalServer } from "../../runtime/rehearsal/program/grpc-server.js";
import { describeTier } from "../support/tier.js";
import { environmentOf } from "./support/examples.js";
import { serveLanguageHost } from "./support/language-host.js";
import { previewed } from "./support/preview.js";
import { ownProject, type Project } from "./support/project.js";

describeTier("engine", "a language host that is installed", inject("pulumiCli"), (cli) => {
  let folder: string;
  let host: LocalServer;
  let project: Project;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "host-"));
    host = await serveLanguageHost();
    const languageHost = join(folder, "pulumi-language-nodejs");
    // The engine reads the port from what it starts, and ends it.
    writeFileSync(languageHost, `#!/bin/sh\necho ${host.port}\nexec tail -f /dev/null\n`);
    chmodSync(languageHost, 0o755);
    project = await ownProject({ ...cli, languageHost });
  });
  afterAll(() => {
    project.close();
    host.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is the one that runs the program", async () => {
    await project.pulumi("stack", "init", "test");
    await project.pulumi("config", "set", "environment", environmentOf("six-servers"));
    expect((await previewed(project)).length).toBeGreaterThan(30);
  });
});

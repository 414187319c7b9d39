import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { programOf } from "../../support/component-programs.js";
import { describeTier } from "../../support/tier.js";
import { changes } from "../support/preview.js";
import { type Project, projectOf } from "../support/project.js";

const program = programOf("observability-link");

describeTier("engine", "an account that observes another", inject("pulumiCli"), (cli) => {
  let project: Project;
  beforeAll(async () => {
    project = await projectOf(cli, program);
    await project.pulumi("stack", "init", "test");
    const { code, printed } = await project.pulumi("up", "--yes", "--skip-preview");
    expect(code, printed).toBe(0);
  });
  afterAll(() => project.close());

  async function changesWith(from: string, to: string): Promise<readonly string[]> {
    expect(program).toContain(from);
    writeFileSync(join(project.folder, "index.js"), program.replace(from, to));
    return changes(project);
  }

  it("has nothing to change after a failover, which touches neither sink nor link", async () => {
    const { code, printed } = await project.pulumi("refresh", "--yes");
    expect(code, printed).toBe(0);
    expect(await changes(project)).toEqual([]);
  });

  it("is made in the order that OAM asks for: the sink lets the account in before it links", () => {
    const order = project.world.things.map(({ type }) => type);
    const [sink, policy, link] = ["sink:Sink", "sinkPolicy:SinkPolicy", "link:Link"].map((type) =>
      order.indexOf(`aws:oam/${type}`),
    );
    expect([sink, policy, link]).toEqual([sink, policy, link].toSorted((a = 0, b = 0) => a - b));
    expect(sink).toBeGreaterThanOrEqual(0);
  });

  it("lets one more account in, in its place", async () => {
    const more = 'sourceAccounts: ["111122223333", "444455556666"]';
    expect(await changesWith('sourceAccounts: ["111122223333"]', more)).toEqual([
      "update sink",
      "update sink-sink-policy policy",
    ]);
  });

  it("shares more in its place, and keeps its log", async () => {
    const more = 'accountName: "staging-1", namespaces: ["AWS/DRS", "AWS/EBS"]';
    expect(await changesWith('accountName: "staging-1"', more)).toEqual([
      "update staging",
      "update staging-link linkConfiguration",
    ]);
  });
});

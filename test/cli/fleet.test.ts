import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { rehearsedFleet } from "../../runtime/cli/fleet.js";

const text = `
lanes:
  - account: "111122223333"
    region: eu-west-1
    fleet:
      - servers: [s-1111aaaa2222bbbb1]
        launchSeconds: 900
  - account: "444455556666"
    region: eu-west-1
    quotas: { concurrentJobs: 2 }
    staging:
      - account: "111122223333"
        extended: all
switches: { conversionJobs: one-a-server }
`;

describe("a fleet file of a rehearsal", () => {
  test("says which servers are extended from which staging account, and how DRS behaves", () => {
    const file = join(mkdtempSync(join(tmpdir(), "fleet-")), "fleet.yaml");
    writeFileSync(file, text);
    const { fleet, options } = rehearsedFleet(file);
    const staging = { account: "111122223333", region: "eu-west-1" };
    const target = { account: "444455556666", region: "eu-west-1" };
    expect(fleet).toMatchObject([
      { server: "s-1111aaaa2222bbbb1", lane: staging },
      {
        lane: target,
        extends: { lane: "111122223333/eu-west-1", server: "s-1111aaaa2222bbbb1" },
      },
    ]);
    expect(options.drs).toMatchObject({
      conversionJobs: "one-a-server",
      initialisedLanes: ["111122223333/eu-west-1", "444455556666/eu-west-1"],
      stagingTrusts: [{ staging: "111122223333", target: "444455556666" }],
    });
    const extended = fleet?.at(1)?.server ?? "";
    expect(options.drs?.launchSeconds?.(extended)).toBe(900);
    expect(options.drs?.quotas?.("444455556666/eu-west-1")).toEqual({ concurrentJobs: 2 });
  });
});

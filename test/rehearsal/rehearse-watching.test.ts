import { describe, expect, it } from "vitest";
import type { RehearsalDocument } from "../../runtime/rehearsal/document.js";
import type { FaultProfile } from "../../runtime/rehearsal/faults/profile.js";
import { type RehearsedServer, rehearse } from "../../runtime/rehearsal/rehearse.js";
import { changed, example } from "./rehearsed-example.js";

function traceOf({ watching }: RehearsalDocument, suffix: string) {
  const trace = watching?.alarms.find(({ name }) => name.endsWith(`-capacity-${suffix}`));
  if (!trace) throw new Error(`no alarm -capacity-${suffix}`);
  return trace;
}

describe("the deployed publisher and alarms, in a rehearsal", () => {
  it("count every five minutes and stand where nothing is near its quota", async () => {
    const document = await rehearse(await example("six-servers"));
    const { watching, outcome } = document;
    expect(outcome).toBe("recovered");
    expect(watching?.alarms).toHaveLength(8);
    expect(watching?.alarms.map(({ state }) => state)).toEqual(Array(8).fill("OK"));
    // Eight metrics of the one lane and two of the estate.
    expect(watching?.datapoints).toBe(10 * (watching?.runs ?? 0));
    expect(watching?.runs).toBeGreaterThan(5);
  });

  it("tell that a lane is silent while it is dark, and that it is not any more", async () => {
    const faults: FaultProfile = {
      schemaVersion: 1,
      name: "dark",
      faults: [{ kind: "dark-lane", how: "refuses", fromSeconds: 240, forSeconds: 1_500 }],
    };
    const document = await rehearse({ ...(await example("six-servers")), faults });
    expect(document).not.toHaveProperty("cause");
    const { changes } = traceOf(document, "silent");
    expect(changes.map(({ state }) => state)).toEqual(["OK", "ALARM", "OK"]);
    const warning = traceOf(document, "warning-555566667777-us-east-1").changes;
    expect(warning.map(({ state }) => state)).toEqual(["OK", "INSUFFICIENT_DATA", "OK"]);
  });

  it("fail the rehearsal where the publisher may not read a lane's role", async () => {
    const six = await example("six-servers");
    const untrusted = changed(six, ({ type, name, inputs }) => {
      if (type !== "aws:iam/role:Role" || name !== "spoke-shop-read") return undefined;
      const trust = String(inputs.assumeRolePolicy).replace("capacity-publisher", "somebody-else");
      return { assumeRolePolicy: trust };
    });
    const document = await rehearse(untrusted);
    expect(document.outcome).toBe("failed");
    expect(document.cause).toContain("IAM denied sts:AssumeRole");
    expect(traceOf(document, "silent").state).toBe("ALARM");
  });

  it("reproduce the scaling architecture's four lanes: 245 and 248 are fine, 252 and 255 are not", async () => {
    const thousand = await example("thousand-servers");
    const fleet = moved(thousand.fleet ?? [], [245, 248, 252, 255]).map(unlessApplication("app-1"));
    const document = await rehearse({ ...thousand, fleet });
    const { watching } = document;
    const warnings = watching?.alarms.filter(({ name }) => /-warning-\d/.test(name)) ?? [];
    expect(warnings.map(({ state }) => state).toSorted()).toEqual(["ALARM", "ALARM", "OK", "OK"]);
    expect(traceOf(document, "warning").state).toBe("ALARM");
    expect(traceOf(document, "critical").state).toBe("OK");
    expect(traceOf(document, "silent").state).toBe("OK");
  });
});

/** Alarms count every server: those of other applications need not be recovered with the rest. */
function unlessApplication(name: string) {
  return (server: RehearsedServer): RehearsedServer =>
    server.tags.Application === name
      ? server
      : { ...server, tags: { ...server.tags, Environment: "staging" } };
}

/** The same servers, so many of them in each lane. */
function moved(
  fleet: readonly RehearsedServer[],
  counts: readonly number[],
): readonly RehearsedServer[] {
  const lanes = [...new Map(fleet.map(({ lane }) => [JSON.stringify(lane), lane])).values()];
  const places = counts.flatMap((count, index) => Array(count).fill(lanes[index]));
  return fleet.map((server, index) => ({ ...server, lane: places[index] ?? server.lane }));
}

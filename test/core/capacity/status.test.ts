import { describe, expect, test } from "vitest";
import {
  capacityStatus,
  estateStatus,
  utilisationPercent,
} from "../../../runtime/core/capacity/status.js";
import { criticalAtServers, drsQuotas, warnAtServers } from "../../../runtime/limits.js";

const defaults = {
  warnAtServers: warnAtServers.default,
  criticalAtServers: criticalAtServers.default,
};

describe("the status of a lane", () => {
  test.each([
    [0, "OK"],
    [249, "OK"],
    [250, "WARNING"],
    [279, "WARNING"],
    [280, "CRITICAL"],
    [300, "CRITICAL"],
  ])("with %i servers is %s by default", (servers, status) => {
    expect(capacityStatus(servers, defaults)).toBe(status);
  });
});

/**
 * The scaling architecture's table of its four accounts prints OK, WARNING, WARNING, WARNING and OK
 * for the total. Its own thresholds say otherwise twice: 248 is below 250, and an estate with lanes at
 * their threshold is not OK as a whole.
 */
describe("the four lanes of the scaling architecture", () => {
  const table = [
    { lane: "staging 1", servers: 245, printed: "OK", status: "OK", percent: 82 },
    { lane: "staging 2", servers: 248, printed: "WARNING", status: "OK", percent: 83 },
    { lane: "staging 3", servers: 252, printed: "WARNING", status: "WARNING", percent: 84 },
    { lane: "target", servers: 255, printed: "WARNING", status: "WARNING", percent: 85 },
  ];

  test.each(table)("$lane: $servers is $status (printed: $printed)", (row) => {
    expect(capacityStatus(row.servers, defaults)).toBe(row.status);
    const used = utilisationPercent(row.servers, drsQuotas.replicatingServers.value);
    expect(Math.round(used)).toBe(row.percent);
  });

  test("together use 83 % of 1,200 and stand at WARNING (printed: OK)", () => {
    const servers = table.reduce((sum, row) => sum + row.servers, 0);
    expect(servers).toBe(1_000);
    expect(Math.round(utilisationPercent(servers, 4 * 300))).toBe(83);
    const lanes = table.map((row) => capacityStatus(row.servers, defaults));
    expect(estateStatus(lanes)).toBe("WARNING");
  });
});

describe("an estate", () => {
  test("stands as its worst lane", () => {
    expect(estateStatus(["OK", "CRITICAL", "WARNING"])).toBe("CRITICAL");
    expect(estateStatus(["OK", "OK"])).toBe("OK");
  });
});

describe("utilisation", () => {
  test("of a quota of 0 is 100 %", () => {
    expect(utilisationPercent(0, 0)).toBe(100);
  });
});

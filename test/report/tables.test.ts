import { describe, expect, test } from "vitest";
import { renderTables } from "../../runtime/report/tables.js";
import { hostileRehearsal } from "../support/hostile-rehearsal.js";
import { sampleRehearsal, sixServers, thousandServers } from "../support/sample-rehearsal.js";

describe("a rehearsal for the terminal", () => {
  test("a drill of a thousand servers reads as it did", async () => {
    const text = renderTables(sampleRehearsal(thousandServers), { color: false });
    await expect(text).toMatchFileSnapshot("thousand-servers.txt");
  });

  test("a run with failures and a broken invariant reads as it did", async () => {
    const document = sampleRehearsal({ ...sixServers, failEvery: 3, skipEvery: 4 });
    const text = renderTables(
      {
        ...document,
        rtoMinutes: 10,
        brokenInvariants: [
          {
            invariant: "a server is started at most once",
            lane: "111111111111/us-east-1",
            atSeconds: 61,
            what: "two jobs hold it",
          },
        ],
      },
      { color: false },
    );
    await expect(text).toMatchFileSnapshot("broken-run.txt");
  });

  test("colour is left out where it is not wanted", () => {
    const document = sampleRehearsal(sixServers);
    expect(renderTables(document, { color: false })).not.toContain("\u001b");
    expect(renderTables(document, { color: true })).toContain("\u001b[");
  });

  test("names cannot move the cursor", () => {
    const text = renderTables(hostileRehearsal("a\u001b[2Jb\rc\nd\u009b1m"), { color: false });
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(text).toContain("a [2Jb c d 1m");
  });
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtInProfiles } from "../../../runtime/rehearsal/faults/built-in.js";
import { readProfile } from "../../../runtime/rehearsal/faults/read-profile.js";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fault-profiles-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function fileOf(text: string): string {
  const file = join(folder, "faults.yaml");
  writeFileSync(file, text);
  return file;
}

function messagesOf(nameOrListOrFile: string): readonly string[] {
  const read = readProfile(nameOrListOrFile);
  return read.ok ? [] : read.problems.map(({ message }) => message);
}

describe("a fault profile", () => {
  it("is one of the built-in ones by its name", () => {
    for (const [name, profile] of Object.entries(builtInProfiles)) {
      expect(readProfile(name)).toEqual({ ok: true, value: profile });
      expect(profile.name).toBe(name);
    }
  });

  it("is read from a file, with what it leaves out filled in", () => {
    const file = fileOf("schemaVersion: 1\nname: one\nfaults:\n  - kind: internal-error\n");
    const faults = [{ kind: "internal-error", calls: {}, when: "before" }];
    expect(readProfile(file)).toEqual({
      ok: true,
      value: { schemaVersion: 1, name: "one", faults },
    });
  });

  it("is written on the command line as a list", () => {
    const calls = { service: "drs", operation: "StartRecovery" };
    const fault = { kind: "death", when: "after", calls, nth: [2] };
    expect(readProfile(JSON.stringify([fault]))).toEqual({
      ok: true,
      value: { schemaVersion: 1, name: "command-line", faults: [fault] },
    });
    expect(readProfile("[{ kind: lost-reply, nth: [1] }]")).toMatchObject({ ok: true });
  });

  it("that is wrong is told with all that is wrong in it", () => {
    const text = `schemaVersion: 1
name: wrong
faults:
  - kind: throttling
    percent: 0
    retryAfterSeconds: 901
  - kind: death
    calls: { service: s3 }
  - kind: flood
`;
    expect(messagesOf(fileOf(text))).toMatchInlineSnapshot(`
      [
        "faults[0].percent must be a number above 0, up to 100 percent, got 0. Leave it out where all are meant.",
        "faults[0].retryAfterSeconds must be a whole number, 1 to 900 seconds, got 901. Choose one within these bounds.",
        "faults[1].when must be before or after, got nothing. Add when to faults[1].",
        "faults[1].calls.service must be drs, dynamodb, ec2, servicequotas, sns, ssm, states or sts, got "s3". Choose one of them.",
        "faults[2].kind must be one of throttling, internal-error, lost-reply, lost-call, late-call, death, time-out, expired-token, refused-credentials, stale-read, hidden-job, dark-lane, clock-skew, lost-event, duplicate-event, late-event, stranger or restarted-machine, got "flood". Choose one of these.",
      ]
    `);
  });

  it("that is no file tells so", () => {
    expect(messagesOf("no-such-profile.yaml")).toMatchInlineSnapshot(`
      [
        "no-such-profile.yaml must be a file that can be read, got no such file. Check the path.",
      ]
    `);
  });

  it("on the command line that is wrong is told by its place in the list", () => {
    expect(messagesOf("[{ kind: clock-skew, seconds: 300 }]")).toMatchInlineSnapshot(`
      [
        "faults[0].seconds must be a whole number, -299 to 299 seconds, got 300. Choose one within these bounds.",
      ]
    `);
  });
});

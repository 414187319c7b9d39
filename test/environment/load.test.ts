import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  formatProblems,
  loadEnvironment,
  parseEnvironment,
} from "../../runtime/environment/load.js";

const smallFile = fileURLToPath(new URL("accepted/small.yaml", import.meta.url));
const small = readFileSync(smallFile, "utf8");

/** The small environment with some of its text replaced. */
function smallWith(...replacements: readonly (readonly [string, string])[]): string {
  return replacements.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  }, small);
}

function problemsOf(text: string): readonly string[] {
  const loaded = parseEnvironment(text, "environment.yaml");
  return loaded.ok ? [] : loaded.problems.map(({ line, message }) => `${line}: ${message}`);
}

describe("a right environment file", () => {
  it("is read with its defaults filled in", () => {
    const loaded = loadEnvironment(smallFile);

    expect(loaded).toMatchObject({
      ok: true,
      environment: {
        hub: { notify: [], logRetentionDays: 365 },
        plans: [
          {
            reserve: { jobs: 0, servers: 0 },
            pacingSeconds: 0,
            waves: [{ dependsOn: [], failedAtMostPercent: 0, deadlineMinutes: 120 }, {}, {}, {}],
          },
        ],
        drills: [{ cleanUp: true }],
      },
    });
  });

  it("may be written with carriage returns and a byte order mark", () => {
    expect(problemsOf(`\uFEFF${small.replaceAll("\n", "\r\n")}`)).toEqual([]);
  });

  it("may be JSON", () => {
    const loaded = parseEnvironment(small, "environment.yaml");

    const json = loaded.ok ? JSON.stringify(loaded.environment) : "";

    expect(parseEnvironment(json, "environment.json")).toEqual(loaded);
  });

  it("may repeat itself by aliases and merge keys", () => {
    const text = smallWith(
      ['tags: { Bank: "yes" }', 'tags: &bank { Bank: "yes" }'],
      ["objectives: {", "objectives: &objectives {"],
      [
        "drills:",
        [
          "  - name: bank",
          "    objectives: { <<: *objectives, rtoMinutes: 30 }",
          "    waves: [{ name: bank, group: bank, tags: *bank }]",
          "drills:",
        ].join("\n"),
      ],
    );

    expect(parseEnvironment(text, "environment.yaml")).toMatchObject({
      ok: true,
      environment: {
        plans: [
          {},
          {
            objectives: { rtoMinutes: 30, rpoMinutes: 15 },
            waves: [{ tags: { Bank: "yes" } }],
          },
        ],
      },
    });
  });

  it("may use one anchor in hundreds of places", () => {
    const members = Array.from(
      { length: 500 },
      () => '      - { account: "222222222222", region: eu-west-1, tags: *bank }\n',
    );
    const text = smallWith(['tags: { Bank: "yes" }', 'tags: &bank { Bank: "yes" }']).replace(
      "plans:",
      `${members.join("")}plans:`,
    );

    expect(problemsOf(text)).toEqual([]);
  });
});

describe("a file with several mistakes", () => {
  it("has all of them told at once, in order of lines", () => {
    const text = smallWith(
      ["name: small", "name: Small"],
      ["home: us-east-1", "home: us-est-1"],
      ["criticalAtServers: 280", "criticalAtServers: 301"],
      ["group: bank", "group: bnak"],
      ["dependsOn: [core, web]", "dependsOn: [core, wbe]"],
      ["    timezone: Europe/London", "    timezone: Europe/Londn\n    timezone: Europe/Rome"],
    );

    expect(problemsOf(text)).toEqual([
      '2: name must be 1 to 40 lower-case letters, digits and hyphens, the first a letter, got "Small". Rename it, as in "payments-db".',
      '6: hub.regions.home must be a Region that AWS Elastic Disaster Recovery serves, got "us-est-1". Write "us-east-1".',
      "9: capacity.criticalAtServers must be a whole number, 1 to 300 replicating servers in a lane, got 301. Choose one within these bounds, or leave it out for 280.",
      '49: plans[0].waves[2].group must be the name of a group, got "bnak". Write "bank".',
      '55: plans[0].waves[3].dependsOn[1] must be the name of another wave of the plan, got "wbe". Write "web".',
      "60: drills[0].timezone must be given once, got it again (first on line 59). Remove one of the two.",
    ]);
  });

  it("has two mistakes of one line told in their order", () => {
    const text = smallWith([
      "{ rtoMinutes: 60, rpoMinutes: 15 }",
      "{ rpoMinutes: 0, rtoMinutes: 0 }",
    ]);

    expect(problemsOf(text).map((problem) => problem.slice(0, 34))).toEqual([
      "39: plans[0].objectives.rpoMinutes",
      "39: plans[0].objectives.rtoMinutes",
    ]);
  });

  it("is not blamed for names that a broken part may yet declare", () => {
    expect(
      problemsOf(smallWith(["  - name: bank\n    members", "  - name: Bank\n    members"])),
    ).toEqual([expect.stringMatching(/^32: groups\[1\]\.name must be /)]);
  });

  it("is not told that a misspelt key is missing too", () => {
    expect(
      problemsOf(smallWith(["        region: eu-west-1", "        regoin: eu-west-1"])),
    ).toEqual([
      '35: groups[1].members[0].regoin must be one of the keys account, region, tags or servers, got "regoin". Write "region".',
    ]);
  });
});

describe("a mistake behind an alias", () => {
  it("is told once, at the text to correct, however often it is used", () => {
    const text = smallWith(
      ["tags: {}", "tags: &tags { Tier: 7 }"],
      ['tags: { Bank: "yes" }', "tags: *tags"],
    );

    expect(problemsOf(text)).toEqual([
      '31: groups[0].members[0].tags.Tier must be the value of a tag, at most 256 characters, got the number 7. Put it in quotes: "7".',
    ]);
  });

  it("is told at the alias where only this use of it is wrong", () => {
    const text = smallWith(
      ["group: shop", "group: &group shop"],
      ["  - plan: everything", "  - plan: *group"],
    );

    expect(problemsOf(text)).toEqual([
      '57: drills[0].plan must be the name of a plan, got "shop". Declare it under plans, or write "everything".',
    ]);
  });

  it("is found inside a merged mapping", () => {
    const text = smallWith(
      [
        "objectives: { rtoMinutes: 60, rpoMinutes: 15 }",
        "objectives: &base\n      rtoMinutes: 60\n      rpoMinutes: 0",
      ],
      [
        "drills:",
        "  - name: again\n    objectives: { <<: *base, rtoMinutes: 0 }\n    waves: [{ name: web, group: shop }]\ndrills:",
      ],
    );

    expect(problemsOf(text).map((problem) => problem.slice(0, 34))).toEqual([
      "41: plans[0].objectives.rpoMinutes",
      "59: plans[1].objectives.rtoMinutes",
    ]);
  });

  it("is an alias inside its own anchor", () => {
    expect(problemsOf(smallWith(["tags: {}", "tags: &tags { Tier: *tags }"]))).toEqual([
      "31: environment.yaml must be valid YAML, got the alias *tags inside its own anchor. Write the value out.",
    ]);
  });

  it("is a merge of what is no mapping", () => {
    expect(problemsOf(smallWith(["tags: {}", "tags: { <<: [1] }"]))).toEqual([
      "31: environment.yaml must be valid YAML, got a << that merges no mapping. Give << the alias of a mapping, or a list of such aliases.",
    ]);
  });

  it("is a bomb of aliases, which is not unfolded", () => {
    const layers = Array.from(
      { length: 12 },
      (_, layer) => `l${layer + 1}: &l${layer + 1} [${`*l${layer},`.repeat(9)}]`,
    );

    expect(problemsOf(`l0: &l0 x\n${layers.join("\n")}\n`)).toEqual([
      "1: environment.yaml must be valid YAML, got more aliases than any environment needs. Use its anchors less often, or write the values out.",
    ]);
  });
});

describe("a file that cannot be read", () => {
  it.each([
    ["is not there", join(tmpdir(), "no-such-environment.yaml"), "no such file"],
    ["is a folder", tmpdir(), "a directory"],
  ])("is a problem and no stack trace when it %s", (_title, path, got) => {
    const loaded = loadEnvironment(path);

    const messages = loaded.ok ? [] : loaded.problems.map(({ message }) => message);
    expect(messages).toEqual([
      expect.stringMatching(
        new RegExp(`must be a file that can be read, got ${got}. Check the path.$`),
      ),
    ]);
  });

  it.skipIf(process.getuid?.() === 0)("is a problem when it may not be read", () => {
    const folder = mkdtempSync(join(tmpdir(), "environment-"));
    const file = join(folder, "secret.yaml");
    writeFileSync(file, small);
    chmodSync(file, 0o000);

    const loaded = loadEnvironment(file);

    rmSync(folder, { recursive: true });
    expect(loaded).toMatchObject({
      problems: [
        { rule: "a file that can be read", value: "a file without permission to read it" },
      ],
    });
  });
});

describe("problems", () => {
  it("carry path, line, rule, value and remedy beside the sentence made of them", () => {
    expect(parseEnvironment(smallWith(["name: small", "name: Small"]), "x.yaml")).toEqual({
      ok: false,
      problems: [
        {
          path: "name",
          line: 2,
          rule: "1 to 40 lower-case letters, digits and hyphens, the first a letter",
          value: '"Small"',
          remedy: 'Rename it, as in "payments-db".',
          message:
            'name must be 1 to 40 lower-case letters, digits and hyphens, the first a letter, got "Small". Rename it, as in "payments-db".',
        },
      ],
    });
  });

  it("print one a line, as terminals and editors link them", () => {
    const loaded = parseEnvironment("", "estate/environment.yaml");

    expect(formatProblems("estate/environment.yaml", loaded.ok ? [] : loaded.problems)).toBe(
      "estate/environment.yaml:1: environment.yaml must be an environment file, got an empty file. Start from examples/six-servers/environment.yaml.",
    );
  });
});

import { describe, expect, it } from "vitest";
import { nearest } from "../../runtime/environment/nearest.js";

const words = ["database", "app", "web", "us-east-1", "us-west-1", "dependsOn"];

describe("the nearest word", () => {
  it.each([
    ["databse", "database"],
    ["dtaabase", "database"],
    ["Database", "database"],
    ["apps", "app"],
    ["wbe", "web"],
    ["us-est-1", "us-east-1"],
    ["dependOn", "dependsOn"],
    ["depends_on", "dependsOn"],
  ])("to %s is %s", (word, meant) => {
    expect(nearest(word, words)).toBe(meant);
  });

  it.each(["", "warehouse", "w", "cron"])("to %j is none", (word) => {
    expect(nearest(word, words)).toBeUndefined();
  });
});

import { describe, expect, it } from "vitest";
import { backupIntervalSeconds } from "../../../runtime/core/cells/backup-interval.js";

const hour = 3_600;

describe("the longest time between two backups", () => {
  it.each<[string, number | undefined]>([
    ["cron(0 5 ? * * *)", 24 * hour],
    ["cron(0 5 * * ? *)", 24 * hour],
    ["cron(0 5,17 ? * * *)", 12 * hour],
    ["cron(0 5,9 ? * * *)", 20 * hour],
    ["cron(0 9,5,5 ? * * *)", 20 * hour],
    ["cron(0 0/6 ? * * *)", 6 * hour],
    ["cron(0 8-18/2 ? * * *)", 14 * hour],
    ["cron(0 * ? * * *)", hour],
    ["cron(15,45 * ? * * *)", hour / 2],
    ["cron(*/20 * ? * * *)", hour / 3],
  ])("of %s is %s seconds", (schedule, seconds) => {
    expect(backupIntervalSeconds(schedule)).toBe(seconds);
  });

  it.each([
    "cron(0 5 ? * MON-FRI *)",
    "cron(0 5 1 * ? *)",
    "cron(0 5 ? JAN * *)",
    "cron(0 5 ? * * 2027)",
    "cron(0 5 ? * *)",
    "cron(0 noon ? * * *)",
    "cron(0 24 ? * * *)",
    "rate(1 day)",
  ])("of %s is not said", (schedule) => {
    expect(backupIntervalSeconds(schedule)).toBeUndefined();
  });
});

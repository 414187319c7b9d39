import { describe, expect, it } from "vitest";
import { cronRemedy } from "../../runtime/environment/cron.js";

describe("a cron expression of EventBridge Scheduler", () => {
  it.each([
    "0 9 ? * TUE#2 *",
    "0 10 * * ? *",
    "15 12 * * ? *",
    "0 18 ? * MON-FRI *",
    "0 8 1 * ? *",
    "0/15 * * * ? *",
    "*/15 * * * ? *",
    "0/10 * ? * 2-6 *",
    "0/5 8-17 ? * MON,WED,FRI *",
    "0 5 L * ? *",
    "0 5 15W * ? *",
    "0 5 LW JAN,JUL ? 2027-2030",
    "0 5 ? 1-6/2 FRIL *",
    "0 5 ? * 6L *",
    "  0  9 ? * 3#2 * ",
    "30 23 31 12 ? 2199",
  ])("may be %s", (expression) => {
    expect(cronRemedy(expression)).toBeUndefined();
  });

  it.each([
    ["has five fields", "0 9 * * 2"],
    ["has seven fields", "0 0 9 ? * TUE#2 *"],
    ["is empty", ""],
    ["has both day fields open", "0 9 ? * ? *"],
    ["has both day fields set", "0 9 1 * MON *"],
    ["has ? in the hours", "0 ? 1 * ? *"],
    ["has minute 60", "60 9 ? * MON *"],
    ["has hour 24", "0 24 ? * MON *"],
    ["has day 0", "0 9 0 * ? *"],
    ["has day 32", "0 9 32 * ? *"],
    ["has month 13", "0 9 1 13 ? *"],
    ["has weekday 0, as Unix counts", "0 9 ? * 0 *"],
    ["has weekday 8", "0 9 ? * 8 *"],
    ["has a sixth Tuesday", "0 9 ? * TUE#6 *"],
    ["has two n-th weekdays", "0 9 ? * TUE#2,TUE#4 *"],
    ["has a step of weekdays", "0 9 ? * MON/2 *"],
    ["has a step of nothing", "0/0 9 ? * MON *"],
    ["has a range backwards", "0 9 ? * FRI-MON *"],
    ["has a range of three", "0 9-12-15 ? * MON *"],
    ["has a name in small letters", "0 9 ? * mon *"],
    ["has a name of another field", "0 9 ? MON TUE *"],
    ["has a list with a gap", "0 9, ? * MON *"],
    ["has a year gone by long", "0 9 ? * MON 1969"],
    ["has a year too far", "0 9 ? * MON 2200"],
    ["has words", "every second tuesday of the month"],
  ])("is not text that %s", (_title, expression) => {
    expect(cronRemedy(expression)).toMatch(/^[A-Z].+\.$/);
  });

  it("is told every field that is wrong", () => {
    expect(cronRemedy("60 24 ? * MON *")).toBe(
      'Correct the minutes "60": it takes 0 to 59, ranges (1-5), steps (0/10), lists of them, or *. ' +
        'Correct the hours "24": it takes 0 to 23, ranges (1-5), steps (0/10), lists of them, or *.',
    );
  });
});

import { describe, expect, test } from "vitest";
import { forecastFull } from "../../../runtime/core/capacity/forecast.js";
import { instant, plusSeconds, toIso } from "../../../runtime/core/instant.js";

const start = instant(Date.UTC(2026, 0, 1));

function daily(...servers: readonly number[]) {
  return servers.map((count, day) => ({ at: plusSeconds(start, day * 86_400), servers: count }));
}

describe("the forecast of a lane", () => {
  test("names the day on which a lane that grows by one a day is full", () => {
    const samples = daily(290, 291, 292, 293, 294, 295, 296, 297);
    const forecast = forecastFull(samples, 300);
    if (forecast.kind !== "full-at") throw new Error(`got ${forecast.why}`);
    expect(toIso(forecast.at)).toBe("2026-01-11T00:00:00Z");
    expect(forecast.serversPerDay).toBeCloseTo(1);
  });

  test("draws the line of least squares through samples that scatter", () => {
    const forecast = forecastFull(daily(100, 110, 100, 110, 110, 120, 110, 120), 300);
    if (forecast.kind !== "full-at") throw new Error(`got ${forecast.why}`);
    expect(forecast.serversPerDay).toBeCloseTo(100 / 42, 9);
    expect(toIso(forecast.at)).toMatch(/^2026-03-25T/);
  });

  test("takes samples in any order", () => {
    const samples = daily(100, 102, 104, 106, 108, 110, 112, 114);
    const ordered = forecastFull(samples, 300);
    const turned = forecastFull(samples.toReversed(), 300);
    if (ordered.kind !== "full-at" || turned.kind !== "full-at") throw new Error("no forecast");
    expect(toIso(turned.at)).toBe(toIso(ordered.at));
  });

  test("of a lane that is full already is its last sample", () => {
    const samples = daily(293, 294, 295, 296, 297, 298, 299, 300, 302);
    const forecast = forecastFull(samples, 299);
    expect(forecast).toMatchObject({ kind: "full-at", at: samples.at(-1)?.at });
  });

  test.each([
    ["no sample", daily(), "too-few-samples"],
    ["two samples", daily(1, 2), "too-few-samples"],
    ["samples of less than a week", daily(1, 2, 3, 4, 5, 6, 7), "too-few-samples"],
    ["a lane that stands still", daily(5, 5, 5, 5, 5, 5, 5, 5), "not-growing"],
    ["a lane that shrinks", daily(9, 8, 7, 6, 5, 4, 3, 2), "not-growing"],
  ] as const)("there is none for %s", (_what, samples, why) => {
    expect(forecastFull(samples, 300)).toEqual({ kind: "none", why });
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RehearsalDocument } from "../../runtime/rehearsal/document.js";
import { layOutTimeline, tickSecondsUpTo } from "../../runtime/report/timeline/layout.js";
import { renderTimelineSvg } from "../../runtime/report/timeline/svg.js";
import { hostileRehearsal } from "../support/hostile-rehearsal.js";
import {
  type SampleSettings,
  sampleRehearsal,
  sixServers,
  thousandServers,
} from "../support/sample-rehearsal.js";
import { nestingProblems } from "./markup.js";

const settings: fc.Arbitrary<SampleSettings> = fc.record({
  seed: fc.nat(),
  kind: fc.constantFrom("drill", "recovery"),
  lanes: fc.integer({ min: 1, max: 6 }).map((count) => thousandServers.lanes.slice(0, count)),
  waves: fc.array(
    fc.record({
      name: fc.constantFrom("a", "database", "a-very-long-name-of-a-wave-that-goes-on"),
      serversPerLane: fc.integer({ min: 0, max: 130 }),
    }),
    { minLength: 1, maxLength: 10 },
  ),
  expectedLaunchSeconds: fc.integer({ min: 60, max: 7200 }),
  heldByStranger: fc.integer({ min: 0, max: 40 }),
  failEvery: fc.integer({ min: 1, max: 9 }),
  skipEvery: fc.integer({ min: 1, max: 9 }),
});

const documents = settings.map(sampleRehearsal);

/** Every number that the picture's geometry holds. */
function hasNoHoles(svg: string): boolean {
  return !/NaN|undefined|Infinity|null|\[object/.test(svg);
}

describe("layout of the timeline", () => {
  test("jobs that run at the same time never overlap, and stay inside their lane", () => {
    fc.assert(
      fc.property(documents, (document) => {
        for (const lane of layOutTimeline(document).lanes) {
          for (const [index, job] of lane.jobs.entries()) {
            expect(job.y).toBeGreaterThanOrEqual(lane.top);
            expect(job.y + job.height).toBeLessThanOrEqual(lane.strip.top + 1e-6);
            for (const other of lane.jobs.slice(index + 1)) {
              const sameTime =
                job.trace.startedAtSeconds < other.trace.endedAtSeconds &&
                other.trace.startedAtSeconds < job.trace.endedAtSeconds;
              const sameHeight =
                job.y + 1e-6 < other.y + other.height && other.y + 1e-6 < job.y + job.height;
              expect(sameTime && sameHeight).toBe(false);
            }
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test("flags of marks in one row stand apart", () => {
    fc.assert(
      fc.property(documents, (document) => {
        const { marks } = layOutTimeline(document);
        for (const [index, { flag }] of marks.entries()) {
          for (const { flag: other } of marks.slice(index + 1)) {
            if (flag.row !== other.row) continue;
            const isApart = flag.x + flag.width <= other.x || other.x + other.width <= flag.x;
            expect(isApart).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test("servers in flight return to none, and never exceed the lane's peak", () => {
    const document = sampleRehearsal(thousandServers);
    for (const [index, lane] of layOutTimeline(document).lanes.entries()) {
      const peak = Math.max(...lane.inFlight.map(({ servers }) => servers));
      expect(lane.inFlight.at(-1)?.servers).toBe(0);
      expect(peak).toBe(document.lanes[index]?.peakServersInFlight);
    }
  });

  test.each([1, 40, 600, 3_000, 86_400, 700_000])(
    "a time axis of %d s has 1 to 13 ticks",
    (end) => {
      const ticks = tickSecondsUpTo(end);
      expect(ticks.length).toBeGreaterThanOrEqual(1);
      expect(ticks.length).toBeLessThanOrEqual(13);
      expect(ticks.at(-1)).toBeLessThanOrEqual(end);
    },
  );
});

describe("the timeline as SVG", () => {
  test("a small drill looks as it did", async () => {
    const svg = renderTimelineSvg(sampleRehearsal({ ...sixServers, failEvery: 5 }));
    await expect(svg).toMatchFileSnapshot("six-servers.svg");
  });

  test("is well nested and without holes whatever ran", () => {
    fc.assert(
      fc.property(documents, (document) => {
        const svg = renderTimelineSvg(document);
        expect(nestingProblems(svg)).toEqual([]);
        expect(hasNoHoles(svg)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  test("every server that was in a job is in the picture", () => {
    const document = sampleRehearsal(thousandServers);
    const svg = renderTimelineSvg(document);
    const missing = document.serverTraces.filter(({ server }) => !svg.includes(`>${server} (`));
    expect(missing).toEqual([]);
  });

  test("an execution in which nothing happened still has its lanes", () => {
    const sample = sampleRehearsal(sixServers);
    const empty: RehearsalDocument = {
      ...sample,
      makespanSeconds: 0,
      jobTraces: [],
      serverTraces: [],
      waves: [],
    };
    const svg = renderTimelineSvg(empty);
    expect(svg).toContain("us-east-1");
    expect(hasNoHoles(svg)).toBe(true);
  });

  test("a lane that only a stranger's job names has a row of its own", () => {
    const sample = sampleRehearsal(sixServers);
    const jobTraces = sample.jobTraces.map((job) => ({
      ...job,
      lane: "999999999999/eu-west-1" as const,
    }));
    expect(layOutTimeline({ ...sample, jobTraces }).lanes.map(({ key }) => key)).toEqual([
      "111111111111/us-east-1",
      "999999999999/eu-west-1",
    ]);
  });

  test("names that look like markup stay text", () => {
    const svg = renderTimelineSvg(hostileRehearsal(`"><script>alert('1')</script>&\u0000`));
    expect(svg).not.toContain("<script");
    expect(svg).not.toContain("\u0000");
    expect(nestingProblems(svg)).toEqual([]);
  });

  test("carries its own ground and follows the reader's scheme", () => {
    const svg = renderTimelineSvg(sampleRehearsal(sixServers));
    expect(svg).toContain("prefers-color-scheme:dark");
    expect(svg).toMatch(/<rect[^>]+style="fill:var\(--surface\)/);
  });
});

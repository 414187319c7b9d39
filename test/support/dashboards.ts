import { expect } from "vitest";
import {
  type DashboardBody,
  dashboardBody,
} from "../../components/observability/dashboard-body.js";
import type { MockRun } from "./pulumi-mocks.js";

export const dashboardType = "aws:cloudwatch/dashboard:Dashboard";

/** The body of a dashboard, or of the only one; fails where CloudWatch would not take it. */
export function bodyOf(run: MockRun, name?: string): DashboardBody {
  const made = run.of(dashboardType).filter((one) => name === undefined || one.name === name);
  if (made.length !== 1) throw new Error(`not exactly one dashboard, but ${made.length}`);
  return dashboardBody.parse(JSON.parse(String(made[0]?.inputs.dashboardBody)));
}

/** What the widgets of a dashboard draw. */
export function drawnIn(body: DashboardBody): readonly (readonly unknown[])[] {
  return body.widgets.flatMap(({ type, properties }) =>
    type === "metric" ? (properties.metrics ?? []) : [],
  );
}

/** No widget covers another, and every expression finds the ids that it asks for beside it. */
export function expectToBeReadable(body: DashboardBody): void {
  const taken = body.widgets.flatMap(({ x, y, width, height }) =>
    Array.from({ length: width * height }, (_, cell) =>
      [x + (cell % width), y + Math.floor(cell / width)].join(),
    ),
  );
  expect(new Set(taken).size).toBe(taken.length);
  for (const { type, properties } of body.widgets) {
    if (type !== "metric") continue;
    const drawn = (properties.metrics ?? []).map((one) => Object(one.at(-1)));
    const ids = new Set(drawn.map(({ id }) => id));
    for (const { expression } of drawn) {
      const asked = String(expression ?? "").match(/\b[a-z]\w*\b/g) ?? [];
      expect(asked.filter((id) => !ids.has(id))).toEqual([]);
    }
  }
}

import type { Timeline } from "../clock.js";
import { CallFaults } from "../faults/calls.js";
import { Course } from "../faults/course.js";

/** The faults of calls that clients make of their own accord: none, until some are put in force. */
export function createFaultBook(seed: number, clock: Timeline): CallFaults {
  const course = new Course({ seed, clock });
  course.begin();
  return new CallFaults(course);
}

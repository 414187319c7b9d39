import type { z } from "zod";
import { instant, plusSeconds } from "../../core/instant.js";
import { laneKey } from "../../core/lane.js";
import { type Finding, nothing } from "../../environment/problem.js";
import { unknowns } from "../services/drs/drs.js";
import type { Answered, ControlRoute } from "./control.js";
import {
  type ClockBody,
  clockBody,
  faultsBody,
  fleetBody,
  logQuery,
  type StrangersBody,
  strangersBody,
} from "./control-schemas.js";
import { callDocument, clockDocument, eventDocument } from "./documents.js";
import { faultFindings, faultsDocument, orderFaults } from "./faults-control.js";
import { changeFleet, fleetChangeFindings, fleetDocument } from "./fleet-control.js";
import type { EmulatedWorld } from "./world.js";

function route<T>(
  parts: Omit<ControlRoute, "input" | "answer"> & {
    readonly input?: z.ZodType<T>;
    answer(world: EmulatedWorld, input: T): Answered;
  },
): ControlRoute {
  return { ...parts, answer: (world, input) => parts.answer(world, input as T) };
}

/** Everything that the control endpoint can be asked, for its dispatcher, its index and the docs. */
export const controlRoutes: readonly ControlRoute[] = [
  route({
    method: "GET",
    path: "",
    what: "Tells what can be asked here.",
    answer: ({ seed, account, clock }) => ({
      document: {
        seed,
        account,
        clock: clockDocument(clock),
        routes: controlRoutes.map(({ method, path, what }) => ({
          method,
          path: `/_dr${path}`,
          what,
        })),
      },
    }),
  }),
  route({
    method: "GET",
    path: "/clock",
    what: "Tells the emulated time, and when something will happen next.",
    answer: ({ clock }) => ({ document: clockDocument(clock) }),
  }),
  route({
    method: "POST",
    path: "/clock",
    what: "Moves the clock on, with everything that falls into the time between: by `advanceSeconds`, to the moment `to`, or `toNextEvent`.",
    input: clockBody,
    answer: moveClock,
  }),
  route({
    method: "GET",
    path: "/fleet",
    what: "Shows every lane with its quotas, servers, jobs and instances.",
    answer: (world) => ({ document: fleetDocument(world) }),
  }),
  route({
    method: "POST",
    path: "/fleet",
    what: "Adds `lanes` and servers as a fleet file has them, sets the `replication` of servers, which staging accounts `trusts` name, and pairs `failbackClients` with instances.",
    input: fleetBody,
    answer(world, change) {
      const findings = fleetChangeFindings(world, change);
      if (findings.length > 0) return { findings };
      changeFleet(world, change);
      return { document: fleetDocument(world) };
    },
  }),
  route({
    method: "GET",
    path: "/switches",
    what: "Shows each switch: its `value` here, its default, how sure that is, and what it decides.",
    answer: ({ switches }) => ({
      document: {
        switches: unknowns.map(({ name, marks, ...told }) => ({
          name,
          value: switches[name],
          source: marks,
          ...told,
        })),
      },
    }),
  }),
  route({
    method: "GET",
    path: "/faults",
    what: "Shows the faults that were ordered, each with how often it has `fallen`, and the failures of launches that have not happened.",
    answer: (world) => ({ document: faultsDocument(world) }),
  }),
  route({
    method: "POST",
    path: "/faults",
    what: "Orders `faults` as a fault profile has them, and failures of `launches`, behind those ordered before.",
    input: faultsBody,
    answer(world, body) {
      const findings = faultFindings(world, body);
      if (findings.length > 0) return { findings };
      orderFaults(world, body);
      return { document: faultsDocument(world) };
    },
  }),
  route({
    method: "DELETE",
    path: "/faults",
    what: "Takes back every fault, and every failure that has not happened.",
    answer(world) {
      world.faults.disarm();
      for (const { server, phase } of world.drs.orderedFailures()) {
        world.drs.failServer(server, phase, 0);
      }
      return { document: faultsDocument(world) };
    },
  }),
  route({
    method: "POST",
    path: "/strangers",
    what: "Lets somebody else start a job in a lane, by the same rules. 409 where DRS refuses them.",
    input: strangersBody,
    answer: letStrangerStart,
  }),
  route({
    method: "GET",
    path: "/calls",
    what: "The log of calls, oldest first: `limit` of those `after` a number.",
    input: logQuery,
    answer({ calls }, { after, limit }) {
      const { entries, ...page } = calls.page(after, limit);
      return { document: { calls: entries.map(callDocument), ...page } };
    },
  }),
  route({
    method: "GET",
    path: "/events",
    what: "What happened in DRS, oldest first: jobs, launches, failures, terminations, refusals; and what EventBridge `delivered` of it.",
    input: logQuery,
    answer({ events }, { after, limit }) {
      const { entries, ...page } = events.page(after, limit);
      return { document: { events: entries.map(eventDocument), ...page } };
    },
  }),
];

function moveClock({ clock }: EmulatedWorld, body: ClockBody): Answered {
  const finding = clockFinding(body, clock.now());
  if (finding) return { findings: [finding] };
  const { advanceSeconds, to, toNextEvent } = body;
  if (advanceSeconds !== undefined) clock.moveTo(plusSeconds(clock.now(), advanceSeconds));
  if (to !== undefined) clock.moveTo(instant(Date.parse(to)));
  if (toNextEvent) clock.moveTo(clock.nextEventAt() ?? clock.now());
  return { document: clockDocument(clock) };
}

function clockFinding(body: ClockBody, now: number): Finding | undefined {
  const given = Object.values(body).filter((value) => value !== undefined).length;
  const rule = "given exactly one of advanceSeconds, to and toNextEvent";
  if (given !== 1) {
    const got = given === 0 ? nothing : `${given} of them`;
    return { path: [], rule, got, remedy: "Say in one way how far to move.", blames: "value" };
  }
  if (body.to === undefined || Date.parse(body.to) >= now) return undefined;
  return {
    path: ["to"],
    rule: `no earlier than ${new Date(now).toISOString()}`,
    got: JSON.stringify(body.to),
    remedy: "Time only goes forward: start another emulator with an earlier --start-at.",
    blames: "value",
  };
}

function letStrangerStart({ drs }: EmulatedWorld, body: StrangersBody): Answered {
  const { kind } = body;
  const lane = laneKey(body);
  const [name, other] =
    kind === "terminate"
      ? (["instances", "servers"] as const)
      : (["servers", "instances"] as const);
  const wanted = body[name];
  if (wanted === undefined || body[other] !== undefined) {
    const rule = `given ${name} and no ${other} for kind "${kind}"`;
    const got = wanted === undefined ? `no ${name}` : `both`;
    const remedy = `Add ${name}, and nothing else that names what it is about.`;
    return { findings: [{ path: [], rule, got, remedy, blames: "value" }] };
  }
  const answer =
    kind === "terminate"
      ? drs.stranger.terminate(lane, wanted)
      : drs.stranger.startRecovery(lane, wanted, { isDrill: kind === "drill" });
  if ("jobId" in answer) return { document: answer };
  return { status: 409, document: { error: answer.message, refused: answer.refused } };
}

import { drsQuotas } from "../../limits.js";
import { aws } from "../aws-commands.js";
import type { Section, Step } from "../model.js";
import type { ServerOutputs } from "../outputs/schema.js";
import { job, jobVariable, perLane, servers, serversVariable } from "./lanes.js";
import { protectAgain, recoveryInstanceVariable } from "./protect-again.js";

/**
 * What is left without the hub: DRS in each lane, and the plans in the standby Region's copy. Lanes
 * of the lost Region itself recover into it, so they wait for it.
 */
export function lostHubRegion(outputs: ServerOutputs): Section {
  const { homeRegion } = outputs.hub;
  const reached = reachable(outputs);
  return {
    id: "lost-hub-region",
    title: "The hub's Region is lost",
    about: [
      `The hub's functions and state machines are in ${homeRegion} and nowhere else. While that Region is gone nothing of it can be called, and what it was doing stands still; no server is started twice when it comes back.`,
      "The lanes do not need it: DRS answers in each lane's own Region. So the waves are started by hand, lane by lane, with an operator's own role in each account.",
      ...stranded(outputs),
    ],
    never: [
      "Start servers of one lane from two places: only DRS itself keeps them apart then.",
      "Repeat a call that was not answered before the list of jobs shows that it started nothing.",
      "Start a plan in the hub, once it is back, before you know what it would start.",
    ],
    variables: [serversVariable, jobVariable, recoveryInstanceVariable],
    tables: [],
    steps: [
      certain(outputs),
      decide(),
      readPlans(outputs),
      listServers(reached),
      launch(reached),
      follow(reached),
      protectAgain(reached),
      whenItIsBack(outputs),
    ],
  };
}

/** The environment without the lanes that are lost with the hub's Region. */
function reachable({ spokes, ...outputs }: ServerOutputs): ServerOutputs {
  const { homeRegion } = outputs.hub;
  const left = spokes.map(({ lanes, ...spoke }) => ({
    ...spoke,
    lanes: lanes.filter(({ region }) => region !== homeRegion),
  }));
  return { ...outputs, spokes: left };
}

function stranded({ hub, spokes }: ServerOutputs): readonly string[] {
  const here = spokes.filter(({ lanes }) => lanes.some(({ region }) => region === hub.homeRegion));
  if (here.length === 0) return [];
  const names = here.map(({ name, account }) => `${name} (${account})`).join(", ");
  return [
    `Lanes in ${hub.homeRegion} itself recover into the Region that is lost: ${names}. They wait for it; no command below is for them.`,
  ];
}

function certain({ hub }: ServerOutputs): Step {
  return {
    title: "Make sure that the Region is lost",
    why: "While the hub answers, it is the better way: it knows what it has started.",
    plane: "regional",
    commands: [
      aws(
        { account: hub.account, region: hub.homeRegion, note: "must fail or not answer" },
        "lambda",
        "get-function-configuration",
        "--function-name",
        hub.functions.execution,
      ),
    ],
    checks: [
      "The call fails by a time-out or an error of the service, from more than one network.",
      "The AWS Health Dashboard says so, or AWS Support does.",
    ],
    back: "Nothing was changed.",
  };
}

function decide(): Step {
  return {
    title: "Decide",
    why: "Without the hub nothing keeps two people from starting the same servers. One leads, and the others know it.",
    plane: "none",
    commands: [],
    checks: [
      "The originals are down for good, or have been stopped: a recovered server may bear their names.",
      "It was said who decided, who leads, and when.",
    ],
    back: "Until a wave is started, nothing has happened.",
  };
}

function readPlans({ hub }: ServerOutputs): Step {
  const { standbyRegion, account, tables } = hub;
  const base = { title: "Read what belongs to the plan", back: "Nothing was changed." };
  if (standbyRegion === undefined) {
    return {
      ...base,
      why: "This hub has no standby Region: its tables are gone with it. The environment file holds the same plans and groups.",
      plane: "none",
      commands: [],
      checks: ["The environment file is at hand, as it was deployed last."],
    };
  }
  const read = (table: string, note: string) =>
    aws({ account, region: standbyRegion, note }, "dynamodb", "scan", "--table-name", table);
  return {
    ...base,
    why: `The tables have a copy in ${standbyRegion}, which goes on answering.`,
    plane: "regional",
    commands: [
      read(tables.plans, "waves, their order, and the tags that they select by"),
      read(tables.groups, "accounts, Regions and tags of the groups"),
      aws(
        { account, region: standbyRegion, note: "executions that had not ended" },
        "dynamodb",
        "scan",
        "--table-name",
        tables.executions,
        "--filter-expression",
        "sk = :head",
        "--expression-attribute-values",
        '{":head":{"S":"HEAD"}}',
      ),
    ],
    checks: [
      "You know the waves, their order and their tags.",
      "You know which execution ran, if any: its servers may have been launched already.",
    ],
  };
}

function listServers(outputs: ServerOutputs): Step {
  return {
    title: "List the servers of each lane",
    why: "Servers are found by their tags when a plan starts; without the hub you do the same.",
    plane: "regional",
    commands: perLane(outputs, (at) => [
      aws(
        at,
        "drs",
        "describe-source-servers",
        "--query",
        "items[].{sourceServerID:sourceServerID,tags:tags,replication:dataReplicationInfo.dataReplicationState,lastLaunch:lifeCycle.lastLaunch}",
      ),
      aws(
        { ...at, note: `${at.note}: jobs that run` },
        "drs",
        "describe-jobs",
        ...["--query", "items[?status!='COMPLETED'].[jobID,type,initiatedBy,participatingServers]"],
      ),
    ]),
    checks: [
      "No job of the hub or of a stranger runs with a server of yours: wait for its end, and list anew.",
      "Servers whose last launch was a recovery and succeeded run already: leave them out.",
      "Each wave's servers are written down, lane by lane.",
    ],
    back: "Nothing was changed.",
  };
}

function launch(outputs: ServerOutputs): Step {
  const { serversPerJob, concurrentJobs, serversInAllJobs } = drsQuotas;
  return {
    title: "Start one wave in every lane",
    why: `A job takes ${serversPerJob.value} servers at most, a lane ${concurrentJobs.value} jobs and ${serversInAllJobs.value} servers at once. A server that is in another job makes the whole call fail with a conflict.`,
    plane: "regional",
    commands: perLane(outputs, ({ note, ...at }) => [
      aws(
        { ...at, note: `${note}, with its own SERVERS` },
        "drs",
        "start-recovery",
        ...["--no-is-drill", "--source-servers", [servers]],
      ),
    ]),
    checks: [
      "`SERVERS` was set anew for each lane: no server is in two of them.",
      "Each server is started from its newest point in time. Where that holds what destroyed the original, an older one is named: `recoverySnapshotID` beside its id.",
      "Each call answers a job; write its id down beside the wave.",
      "A call that was not answered is not repeated before the list of jobs shows that it started nothing.",
    ],
    back: "What was launched is production. To take it back is a decision of its own.",
  };
}

function follow(outputs: ServerOutputs): Step {
  const longest = Math.max(...outputs.plans.map(({ objectives }) => objectives.rtoMinutes));
  return {
    title: "Follow the jobs, then start the next wave",
    why: "A wave waits for those that it depends on, in all lanes. What counts is each server's launchStatus, never the status of the job.",
    plane: "regional",
    commands: perLane(outputs, ({ note, ...at }) => [
      aws(
        { ...at, note: `${note}, with its own JOB` },
        "drs",
        "describe-jobs",
        ...["--filters", [`{"jobIDs":["`, job, `"]}`]],
      ),
    ]),
    checks: ["Every server of the wave is LAUNCHED, or known and given up."],
    takesAtMost: {
      seconds: longest * 60,
      source: "longest objective (RTO) of the plans, all waves together",
    },
    back: "Do not start the next wave until you want it.",
  };
}

function whenItIsBack({ hub }: ServerOutputs): Step {
  return {
    title: "When the Region is back",
    why: "The hub takes up what it had recorded. Servers that you recovered meanwhile it leaves alone: they were already recovered.",
    plane: "regional",
    commands: [
      aws(
        { account: hub.account, region: hub.homeRegion, note: "executions that still run" },
        "stepfunctions",
        "list-executions",
        "--state-machine-arn",
        hub.machines.recoverPlan,
        "--status-filter",
        "RUNNING",
      ),
    ],
    checks: [
      "Executions that no longer serve are cancelled, as the section about recoveries says.",
      "`pulumi preview --refresh` proposes nothing that you do not want.",
    ],
    back: "Nothing was changed.",
  };
}

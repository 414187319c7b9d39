import type {
  LaneProgress,
  RehearsalProgress,
  WaveProgress,
} from "../rehearsal/observer/progress.js";
import { oneLine, paint } from "../report/terminal-table.js";
import { clockTime, counted, thousands } from "../report/wording.js";
import { type Io, wantsColor } from "./io.js";

/** Shows progress while a rehearsal runs. */
export interface ProgressView {
  /** Says that something goes on before there is progress to show. */
  begin(): void;
  show(progress: RehearsalProgress): void;
  /** Takes back what only makes sense while it runs. */
  end(): void;
}

/** Redraws bars where people look on, prints a line a wave event elsewhere, on stderr both. */
export function progressView(io: Io, clock: () => number = () => performance.now()): ProgressView {
  return io.isStderrTerminal && io.variables.TERM !== "dumb" ? liveView(io, clock) : plainView(io);
}

export const silentView: ProgressView = {
  begin: () => undefined,
  show: () => undefined,
  end: () => undefined,
};

/** Lanes up to which each has a line of its own. */
const mostLanes = 12;
const barWidth = 28;
const eraseToEndOfScreen = "\u001b[0J";

/** Real time between two drawings, milliseconds: faster than an eye follows is wasted. */
const redrawMilliseconds = 60;

function liveView(io: Io, clock: () => number): ProgressView {
  let drawn = 0;
  let drawnAt = Number.NEGATIVE_INFINITY;
  const rewind = () => (drawn > 0 ? `\u001b[${drawn}A\r${eraseToEndOfScreen}` : "");
  return {
    begin() {
      io.stderr(" Deploying the program into emulated AWS …\n");
      drawn = 1;
    },
    show(progress) {
      if (clock() - drawnAt < redrawMilliseconds) return;
      drawnAt = clock();
      const lines = liveLines(progress, io);
      io.stderr(`${rewind()}${lines.join("\n")}\n`);
      drawn = lines.length;
    },
    end() {
      io.stderr(rewind());
      drawn = 0;
    },
  };
}

function liveLines({ atSeconds, lanes, waves }: RehearsalProgress, io: Io): readonly string[] {
  const colours = paint(io.isStderrTerminal && wantsColor({ ...io, isStdoutTerminal: true }));
  const running = waves.filter(({ state }) => state === "running").map(({ wave }) => wave);
  const doing = running.length > 0 ? oneLine(running.join(", ")) : "waiting";
  const head = ` ${colours.bold(clockTime(atSeconds))}  ${doing}`;
  const shown = lanes.length <= mostLanes ? lanes : [together(lanes)];
  const width = Math.max(...shown.map(({ lane }) => lane.length));
  return [
    head,
    ...shown.map((lane) => {
      const bar = barOf(lane);
      const counts = `${thousands(lane.launched)}/${thousands(lane.servers)}`;
      return ` ${oneLine(lane.lane).padEnd(width)}  ${colours.green(bar.done)}${colours.red(bar.lost)}${colours.cyan(bar.moving)}${colours.dim(bar.rest)}  ${counts}`;
    }),
  ].map((line) => fitted(line, io.columns));
}

function together(lanes: readonly LaneProgress[]): LaneProgress {
  const sum = (of: (lane: LaneProgress) => number) =>
    lanes.reduce((total, lane) => total + of(lane), 0);
  return {
    lane: counted(lanes.length, "lane"),
    servers: sum(({ servers }) => servers),
    launched: sum(({ launched }) => launched),
    notLaunched: sum(({ notLaunched }) => notLaunched),
    inFlight: sum(({ inFlight }) => inFlight),
  };
}

function barOf({ servers, launched, notLaunched, inFlight }: LaneProgress) {
  const cells = (count: number) => Math.round((count / Math.max(1, servers)) * barWidth);
  const done = cells(launched);
  const lost = cells(launched + notLaunched) - done;
  const moving = Math.max(
    0,
    Math.min(barWidth, cells(launched + notLaunched + inFlight)) - done - lost,
  );
  return {
    done: "█".repeat(done),
    lost: "×".repeat(lost),
    moving: "▒".repeat(moving),
    rest: "·".repeat(Math.max(0, barWidth - done - lost - moving)),
  };
}

/** A line that wraps would break the redrawing: drops colours and cuts where it is too long. */
function fitted(line: string, columns: number): string {
  const bare = line.split(/\u001b\[\d+m/).join("");
  return bare.length < columns ? line : bare.slice(0, Math.max(1, columns - 1));
}

function plainView(io: Io): ProgressView {
  const states = new Map<string, WaveProgress["state"]>();
  return {
    begin: () => undefined,
    show({ atSeconds, waves }) {
      for (const { wave, state, servers } of waves) {
        if (states.get(wave) === state) continue;
        states.set(wave, state);
        if (state === "waiting") continue;
        const what = state === "running" ? "starts" : "is done";
        io.stderr(
          `${clockTime(atSeconds)}  wave ${oneLine(wave)} ${what} (${counted(servers, "server")})\n`,
        );
      }
    },
    end: () => undefined,
  };
}

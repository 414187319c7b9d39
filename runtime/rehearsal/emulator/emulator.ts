import { plusSeconds } from "../../core/instant.js";
import { gatewayListener } from "../services/gateway.js";
import type { ServiceRequest } from "../services/service.js";
import type { EmulatorClock } from "./clocks.js";
import { createControl } from "./control.js";
import { isRead } from "./reads.js";
import { type ListeningServer, listen } from "./server.js";
import { createEmulatedWorld, type EmulatedWorld, type WorldSettings } from "./world.js";

export interface EmulatorSettings extends WorldSettings {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
}

/** An emulator that answers. */
export interface Emulator extends ListeningServer {
  readonly account: string;
  /** By which a client reaches it: the endpoint, and keys of the account. */
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * Starts an endpoint that any client of DRS, STS, Service Quotas and SNS can use, with as much of EC2
 * and Systems Manager as orchestrators wait for, and its control endpoint below `/_dr`. Nothing is decided by IAM: whoever can reach it may do everything.
 *
 * @throws where the port cannot be listened on
 */
export async function startEmulator(settings: EmulatorSettings): Promise<Emulator> {
  const world = createEmulatedWorld(settings);
  const server = await listen({
    host: settings.host,
    port: settings.port,
    aws: awsListener(world),
    control: createControl(world),
  });
  return {
    ...server,
    account: world.account,
    variables: variablesOf(world, server),
    async close() {
      world.clock.close();
      await server.close();
    },
  };
}

function variablesOf({ account, region }: EmulatedWorld, { url }: ListeningServer) {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: "emulated",
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
  };
}

function awsListener({ clock, sessions, services, faults, calls, ...world }: EmulatedWorld) {
  return gatewayListener({
    services,
    sessions,
    timeline: clock,
    authorize: () => ({ allowed: true, reason: "nobody decides" }),
    onCall: (record) => calls.append(record),
    onArrival: (request) => moveOnAtRead(request, clock, world.secondsPerRead),
    around: (call, answer) => faults.around(call, answer),
  });
}

/** A client that reads has waited: a clock that stands moves on by what a read stands for. */
function moveOnAtRead(request: ServiceRequest, clock: EmulatorClock, secondsPerRead: number): void {
  if (secondsPerRead > 0 && isRead(request)) {
    clock.moveTo(plusSeconds(clock.now(), secondsPerRead));
  }
}

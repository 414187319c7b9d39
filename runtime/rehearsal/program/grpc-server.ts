import {
  type handleUnaryCall,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServiceDefinition,
  status,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { grpcOptions, newReply } from "./sdk.js";

/** A running gRPC server of this machine. */
export interface LocalServer {
  readonly port: number;
  readonly stop: () => void;
}

/** A service, and what answers its methods. */
export interface Served {
  readonly service: ServiceDefinition;
  readonly handlers: UntypedServiceImplementation;
}

/** Serves on a free port of the loopback interface. */
export async function serve(services: readonly Served[]): Promise<LocalServer> {
  const server = new Server(grpcOptions);
  for (const { service, handlers } of services) server.addService(service, handlers);
  const port = await listen(server);
  return { port, stop: () => server.forceShutdown() };
}

type Method<Request, Reply> = Parameters<typeof newReply<Request, Reply>>[0];
type Fill<Request, Reply> = (
  request: Request,
  reply: Reply,
  call: ServerUnaryCall<Request, Reply>,
) => unknown;

/** A handler that fills in a reply, now or later; what it throws is told to the caller. */
export function answer<Request, Reply>(
  method: Method<Request, Reply>,
  fill: Fill<Request, Reply>,
): handleUnaryCall<Request, Reply> {
  const filled = async (call: ServerUnaryCall<Request, Reply>) => {
    const reply = newReply(method);
    await fill(call.request, reply, call);
    return reply;
  };
  return (call, respond) => {
    filled(call).then(
      (reply) => respond(null, reply),
      (error: unknown) => respond({ code: status.UNKNOWN, details: textOf(error) }),
    );
  };
}

/** A handler that answers with an empty reply. */
export function accept<Request, Reply>(
  method: Method<Request, Reply>,
): handleUnaryCall<Request, Reply> {
  return answer(method, () => undefined);
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : "";
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(port);
    });
  });
}

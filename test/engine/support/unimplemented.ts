import {
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceDefinition,
  type sendUnaryData,
  status,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";

/** Handlers that refuse every method of a service by its name, as a server without them would. */
export function unimplemented(service: ServiceDefinition): UntypedServiceImplementation {
  return Object.fromEntries(
    Object.entries(service).map(([name, { responseStream }]) => {
      const error = { code: status.UNIMPLEMENTED, details: `the stand-in does not know ${name}` };
      return [name, responseStream ? refusedStream(error) : refusedCall(error)];
    }),
  );
}

interface Refusal {
  readonly code: status;
  readonly details: string;
}

function refusedCall(error: Refusal) {
  return (_call: ServerUnaryCall<unknown, unknown>, respond: sendUnaryData<unknown>) =>
    respond(error);
}

function refusedStream(error: Refusal) {
  return (call: ServerWritableStream<unknown, unknown>) => {
    call.emit("error", error);
  };
}

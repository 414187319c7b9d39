/** Who signed a request: a session of a deployed role, or an operator outside of it. */
export interface Principal {
  readonly account: string;
  /** `arn:aws:sts::<account>:assumed-role/<role>/<session>`. */
  readonly arn: string;
  /** ARN of the role whose session it is. */
  readonly roleArn: string;
}

/** A signed request to an AWS service, its body read. */
export interface ServiceRequest {
  /** Signing name: `drs`, `sts`, `dynamodb`, … */
  readonly service: string;
  readonly region: string;
  readonly principal: Principal;
  readonly method: string;
  /** Path without the query, as sent (still percent-encoded). */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Answer as things stood then: what a replica that lags behind would say. Services may know no past. */
  readonly asOfSecondsAgo?: number;
  /** How long the job that it starts is missing where the service lists its jobs. Services may know no jobs. */
  readonly hidesJobSeconds?: number;
}

export interface ServiceReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** A right that a request needs: IAM action, the resources it is asked on, and the request's condition keys. */
export interface NeededRight {
  readonly action: string;
  /** `*` for actions without resource types. */
  readonly resources: readonly string[];
  readonly context: Readonly<Record<string, string>>;
  /** Condition keys that only one of the resources has, by its ARN: tags. */
  readonly contextOf?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Emulates one AWS service behind the gateway. */
export interface EmulatedService {
  /** Signing names it answers to. */
  readonly signingNames: readonly string[];
  /** Operation name, for the log of calls: `StartRecovery`, `PutItem`. */
  operationOf(request: ServiceRequest): string;
  /** Rights that IAM asks of the caller. Empty where AWS asks none (`sts:GetCallerIdentity`) or asks elsewhere (trust policies). */
  rightsOf(request: ServiceRequest): readonly NeededRight[];
  answer(request: ServiceRequest): Promise<ServiceReply>;
  /** The reply by which this service's protocol says that IAM denies the caller. */
  denied(request: ServiceRequest, message: string): ServiceReply;
}

/** One call that came through the gateway, for observers and reports. */
export interface CallRecord {
  readonly atMs: number;
  readonly service: string;
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  readonly roleArn: string;
  readonly status: number;
  /** Error code of the service, where it refused. */
  readonly error?: string;
}

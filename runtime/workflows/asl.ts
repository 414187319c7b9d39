/**
 * The part of the Amazon States Language that our machines use, in its JSONata form.
 *
 * Field names are AWS's own, so that a value of these types is the definition: `JSON.stringify`
 * makes the text that is deployed.
 */

/** A JSONata expression: `{% … %}` and nothing around it. */
export type Expression = `{% ${string} %}`;

/** What a field with expressions may hold: JSON, any text of which may be an expression. */
export type Template =
  | string
  | number
  | boolean
  | null
  | readonly Template[]
  | { readonly [name: string]: Template };

/** Values that later states of the same scope read as `$name`. */
export type Assignments = { readonly [variable: string]: Template };

export interface StateMachineDefinition {
  readonly Comment: string;
  readonly QueryLanguage: "JSONata";
  readonly StartAt: string;
  readonly States: States;
}

export type States = { readonly [name: string]: State };

export type State =
  | TaskState
  | MapState
  | ChoiceState
  | WaitState
  | PassState
  | SucceedState
  | FailState;

/** Where a state leads: to another one, or out of its machine or Map item. */
export type Leads = { readonly Next: string } | { readonly End: true };

export interface Named {
  readonly Comment?: string;
}

/** Invokes a function and waits for its answer, or for an answer to the task token it was given. */
export type TaskState = Named &
  Leads & {
    readonly Type: "Task";
    /** `arn:<partition>:states:::lambda:invoke`, or the same with `.waitForTaskToken`. */
    readonly Resource: string;
    readonly Arguments: { readonly FunctionName: string; readonly Payload: Template };
    readonly TimeoutSeconds: number;
    /** Longest silence of a token's holder. Below the time-out. */
    readonly HeartbeatSeconds?: number;
    readonly Assign?: Assignments;
    readonly Output?: Template;
    readonly Retry: readonly Retrier[];
    readonly Catch: readonly Catcher[];
  };

/** Runs its processor once for each item; the results keep the order of the items. */
export type MapState = Named &
  Leads & {
    readonly Type: "Map";
    readonly Items: Expression;
    readonly ItemSelector: Template;
    readonly MaxConcurrency: number;
    /** Share of items that may fail without failing the Map. Only where the Map is distributed. */
    readonly ToleratedFailurePercentage?: number;
    readonly ItemProcessor: ItemProcessor;
    readonly Assign?: Assignments;
    readonly Output?: Template;
    readonly Retry?: readonly Retrier[];
    readonly Catch: readonly Catcher[];
  };

export interface ItemProcessor {
  readonly ProcessorConfig:
    | { readonly Mode: "INLINE" }
    | { readonly Mode: "DISTRIBUTED"; readonly ExecutionType: "STANDARD" };
  readonly StartAt: string;
  readonly States: States;
}

export type ChoiceState = Named & {
  readonly Type: "Choice";
  readonly Choices: readonly ChoiceRule[];
  readonly Default: string;
  /** Taken with the default. */
  readonly Assign?: Assignments;
};

export interface ChoiceRule {
  readonly Condition: Expression;
  readonly Next: string;
  readonly Assign?: Assignments;
}

export type WaitState = Named &
  Leads & {
    readonly Type: "Wait";
    readonly Seconds: number | Expression;
    readonly Assign?: Assignments;
    readonly Output?: Template;
  };

export type PassState = Named &
  Leads & {
    readonly Type: "Pass";
    readonly Assign?: Assignments;
    readonly Output?: Template;
  };

export type SucceedState = Named & {
  readonly Type: "Succeed";
  readonly Output?: Template;
};

export type FailState = Named & {
  readonly Type: "Fail";
  readonly Error: string;
  readonly Cause: string;
};

/** Tries a state again after one of these errors, later each time. */
export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly BackoffRate: number;
  readonly MaxAttempts: number;
  readonly MaxDelaySeconds: number;
  readonly JitterStrategy: "FULL";
}

/** Goes on elsewhere after an error that no retrier takes, or no longer. */
export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly Assign?: Assignments;
  readonly Output?: Template;
}

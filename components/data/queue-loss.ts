/** How messages outlive a Region, although SQS copies none. */
export type QueuePattern = "outbox" | "fan-out";

/** What becomes of messages that lie in a Region that comes back. */
export type OnRecovery = "purge" | "quarantine" | "reprocess";

const whenLost: Readonly<Record<QueuePattern, string>> = {
  outbox:
    "Messages of the lost Region are relayed again from their store; lost is what that store lost",
  "fan-out":
    "Messages that the lost Region's topic had not yet delivered to the other are missing until it is back",
};

const whenBack: Readonly<Record<OnRecovery, string>> = {
  purge: "what lies in its queue is deleted",
  quarantine: "what lies in its queue is held until somebody has looked at it",
  reprocess: "what lies in its queue is taken again, so consumers must recognise it",
};

/** What a lost Region costs of a queue, in the words that runbooks print. */
export function declaredLoss(pattern: QueuePattern, onRecovery: OnRecovery): string {
  return `${whenLost[pattern]}. When it is back, ${whenBack[onRecovery]}.`;
}

export const queuePatterns: readonly string[] = Object.keys(whenLost);

export const recoveryChoices: readonly string[] = Object.keys(whenBack);

/** Thrown around a service whose reply must not arrive: the gateway cuts the connection instead. What was done stays done. */
export class ReplyLost extends Error {
  constructor(operation: string) {
    super(`The reply of ${operation} was dropped on purpose.`);
    this.name = "ReplyLost";
  }
}

import { type Operation, postOperation, right } from "../operation.js";

const initializeService: Operation = {
  ...postOperation("InitializeService", {
    rights: () => [right("drs:InitializeService")],
    run({ lane }) {
      lane.isInitialised = true;
      return { status: 204 };
    },
  }),
  needsInitialisedAccount: false,
};

/** Operations on DRS as a whole in an account and Region. */
export const accountOperations: readonly Operation[] = [initializeService];

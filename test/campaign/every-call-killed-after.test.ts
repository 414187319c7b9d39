import { describeEveryCall } from "../support/every-call-suite.js";

describeEveryCall("killed after a call");

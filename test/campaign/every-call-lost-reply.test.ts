import { describeEveryCall } from "../support/every-call-suite.js";

describeEveryCall("that never hears of a call");

import { describeEveryEvent } from "../support/every-call-suite.js";

describeEveryEvent("that never arrives");
describeEveryEvent("whose answer is lost");

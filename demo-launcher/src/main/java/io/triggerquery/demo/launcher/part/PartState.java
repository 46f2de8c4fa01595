package io.triggerquery.demo.launcher.part;

import io.triggerquery.testbed.process.ProcessId;

/** What is known of a part without asking the part itself. */
public sealed interface PartState {

    /** Started by this or an earlier launcher, and alive. */
    record Running(ProcessHandle process) implements PartState {}

    /** Started, never stopped by a launcher, and yet not alive: it crashed or was killed from outside. */
    record Died(ProcessId last) implements PartState {}

    /** Not started, or stopped. */
    record Stopped() implements PartState {}
}

package io.triggerquery.demo.launcher.part;

import io.triggerquery.testbed.process.ProcessId;

/** The state of a part according to its pid file and process. */
public sealed interface PartState {

    /** Started by this or an earlier launcher, and running. */
    record Running(ProcessHandle process) implements PartState {}

    /** Started, not stopped by a launcher, and not running: it crashed or was killed from outside. */
    record Died(ProcessId last) implements PartState {}

    /** Not started, or stopped. */
    record Stopped() implements PartState {}
}

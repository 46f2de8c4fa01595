package io.triggerquery.demo.launcher.part;

/** The result of waiting for a part, unless it failed. */
public sealed interface StartOutcome {

    /** The part is ready. */
    record Ready(long pid) implements StartOutcome {}

    /** The part runs, but cannot become ready while a part that it needs is down. */
    record Handicapped(long pid, String reason) implements StartOutcome {}
}

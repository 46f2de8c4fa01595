package io.triggerquery.demo.launcher.part;

/** How waiting for a part ended, unless it failed. */
public sealed interface StartOutcome {

    /** It is ready. */
    record Ready(long pid) implements StartOutcome {}

    /** It lives, but can't become ready while something it needs is down. */
    record Handicapped(long pid, String reason) implements StartOutcome {}
}

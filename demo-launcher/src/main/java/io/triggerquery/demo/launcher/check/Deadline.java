package io.triggerquery.demo.launcher.check;

import java.time.Duration;

/** The end of a bounded wait. */
final class Deadline {

    private final long end;

    Deadline(Duration limit) {
        this.end = System.nanoTime() + limit.toNanos();
    }

    boolean isOver() {
        return System.nanoTime() - end >= 0;
    }
}

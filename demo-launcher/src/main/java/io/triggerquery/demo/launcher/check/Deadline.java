package io.triggerquery.demo.launcher.check;

import java.time.Duration;

/** A moment by which something must have happened. */
final class Deadline {

    private final long end;

    Deadline(Duration limit) {
        this.end = System.nanoTime() + limit.toNanos();
    }

    boolean isOver() {
        return System.nanoTime() - end >= 0;
    }
}

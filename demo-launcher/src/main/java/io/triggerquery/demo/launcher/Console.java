package io.triggerquery.demo.launcher;

import io.triggerquery.demo.launcher.part.PartName;
import io.triggerquery.demo.launcher.part.Progress;

/** Lines on standard output, each with the seconds since the launcher started. */
final class Console implements Progress {

    private final long start = System.nanoTime();

    @Override
    public void say(PartName part, String what) {
        line(part.toString(), what);
    }

    void line(String who, String what) {
        System.out.printf("%6.1f s  %-8s  %s%n", (System.nanoTime() - start) / 1e9, who, what);
    }
}

package io.triggerquery.testbed;

import java.io.IOException;

/** Ends this process with the one that started it, however that ended: its standard input ends then. */
public final class ParentWatch {

    private ParentWatch() {}

    /** Begins to watch, in a thread of its own. Nobody else may read the standard input. */
    public static void start() {
        Thread watch = new Thread(ParentWatch::dieWithParent, "parent watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void dieWithParent() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException gone) {
            // so is the parent
        }
        Runtime.getRuntime().halt(1);
    }
}

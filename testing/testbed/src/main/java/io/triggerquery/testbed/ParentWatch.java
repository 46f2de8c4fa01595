package io.triggerquery.testbed;

import java.io.IOException;

/** Ends this process when its parent ends, also after a kill: its standard input ends then. */
public final class ParentWatch {

    private ParentWatch() {}

    /** Starts the watch in a separate thread, which must be the only reader of the standard input. */
    public static void start() {
        Thread watch = new Thread(ParentWatch::dieWithParent, "parent watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void dieWithParent() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException gone) {
            // the parent has ended
        }
        Runtime.getRuntime().halt(1);
    }
}

package io.triggerquery.demo.launcher.part;

/** What one look at a running part found. */
public sealed interface Readiness {

    /** It does its work. */
    record Ready() implements Readiness {}

    /** Not yet, or not any more. A long reason is cut: it goes into one line. */
    record NotReady(String reason) implements Readiness {

        private static final int SHOWN = 160;

        public NotReady {
            reason = reason.length() > SHOWN ? reason.substring(0, SHOWN) + "..." : reason;
        }
    }
}

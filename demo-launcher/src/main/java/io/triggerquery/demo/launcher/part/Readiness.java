package io.triggerquery.demo.launcher.part;

/** The result of one readiness check of a running part. */
public sealed interface Readiness {

    /** The part is ready. */
    record Ready() implements Readiness {}

    /** The part is not ready yet, or no longer ready. A long reason is shortened to fit one line. */
    record NotReady(String reason) implements Readiness {

        private static final int SHOWN = 160;

        public NotReady {
            reason = reason.length() > SHOWN ? reason.substring(0, SHOWN) + "..." : reason;
        }
    }
}

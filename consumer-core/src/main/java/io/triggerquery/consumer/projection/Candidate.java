package io.triggerquery.consumer.projection;

import io.triggerquery.consumer.TriggerIdRule;
import java.util.OptionalLong;

/** The id and version of an answer that {@link ProjectionGuard} compares. */
public sealed interface Candidate {

    /** Returns the id: at most 256 bytes of UTF-8 without control, format and line separator characters. */
    String id();

    /**
     * The source returned a state.
     *
     * @param version the state's version, which grows with every change at the source; 0 or more
     */
    record Found(String id, long version) implements Candidate {

        /** Checks the values. */
        public Found {
            KeyRule.checkId(id);
            checkVersion(id, version);
        }
    }

    /**
     * The source reported the id as absent.
     *
     * @param version the version of the deletion, 0 or more; empty if the source does not report it
     */
    record Absent(String id, OptionalLong version) implements Candidate {

        /** Checks the values. */
        public Absent {
            KeyRule.checkId(id);
            version.ifPresent(known -> checkVersion(id, known));
        }
    }

    private static void checkVersion(String id, long version) {
        if (version < 0) {
            throw new IllegalArgumentException("The version of " + TriggerIdRule.escaped(id) + " is " + version
                    + ": a version is 0 or more and grows with every change");
        }
    }
}

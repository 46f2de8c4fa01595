package io.triggerquery.producer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** An event that needs the attention of an operator. Quoted texts are printable ASCII and of bounded length. */
public sealed interface Alarm {

    /** Returns the kind of the alarm in lower case with dashes, such as {@code spool-full}. */
    default String kind() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** Returns one sentence that describes the alarm. */
    String text();

    /** Returns whether the alarm reports the end of a failure. */
    default boolean isAllClear() {
        return false;
    }

    /** A destination cannot be reached, and its triggers wait. Raised once for each outage. */
    record Outage(String destination, String cause) implements Alarm {
        @Override
        public String text() {
            return "Triggers for " + destination + " cannot be sent and wait: " + cause;
        }
    }

    /**
     * A destination accepts triggers again.
     *
     * @param duration the length of the outage
     */
    record Recovered(String destination, Duration duration) implements Alarm {
        @Override
        public String text() {
            return "Triggers for " + destination + " are sent again, after " + duration.toSeconds() + " s";
        }

        @Override
        public boolean isAllClear() {
            return true;
        }
    }

    /**
     * Triggers that Kafka refused wait until an operator unparks them.
     *
     * @param count the number of triggers since the last such alarm of this destination
     */
    record Parked(String destination, long count, String cause) implements Alarm {
        @Override
        public String text() {
            return count + " triggers for " + destination + " were refused and are parked: " + cause;
        }
    }

    /**
     * Triggers were given up. They are in the log of undelivered triggers and nowhere else.
     *
     * @param count the number of triggers since the last such alarm of this destination
     */
    record Undelivered(String destination, long count, String reason) implements Alarm {
        @Override
        public String text() {
            return count + " triggers for " + destination + " were given up and are only in the log: " + reason;
        }
    }

    /** A store cannot be read or written, so its triggers are not sent. Raised once, until it works again. */
    record StoreUnavailable(String store, String cause) implements Alarm {
        @Override
        public String text() {
            return "The store of the strategy " + store + " fails, and its triggers are not sent: " + cause;
        }
    }

    /**
     * A store works again.
     *
     * @param duration the length of the failure
     */
    record StoreAvailable(String store, Duration duration) implements Alarm {
        @Override
        public String text() {
            return "The store of the strategy " + store + " works again, after " + duration.toSeconds() + " s";
        }

        @Override
        public boolean isAllClear() {
            return true;
        }
    }

    /** Triggers wait for a destination that is not configured. Raised once for each destination, until none waits. */
    record UnconfiguredDestination(String store, String destination, long count) implements Alarm {
        @Override
        public String text() {
            return count + " triggers in the store of the strategy " + store + " wait for " + destination
                    + ", which has no topic: configure one, or send them with triggerctl";
        }
    }

    /** Triggers wait in a store that no destination uses any more. They are sent. Raised once. */
    record UnusedStore(String store, long count) implements Alarm {
        @Override
        public String text() {
            return count + " triggers wait in the store of the strategy " + store
                    + ", which no destination uses any more; all but the parked ones are sent";
        }
    }

    /** The spool was damaged. Its files are in quarantine, and a new file is in use. */
    record SpoolDamaged(Path quarantined) implements Alarm {
        @Override
        public String text() {
            return "The spool of triggers was damaged, and its files were moved to " + quarantined;
        }
    }

    /** A program read the spool's file until its write-ahead log reached its bound. A new file is in use. */
    record SpoolLogTooLong(Path directory) implements Alarm {
        @Override
        public String text() {
            return "A program reads the spool of triggers in " + directory
                    + " and has made its write-ahead log grow, so the file was replaced: stop that program";
        }
    }

    /** The spool is full and accepts no triggers. Raised once, until it is available again. */
    record SpoolFull(Path directory) implements Alarm {
        @Override
        public String text() {
            return "The spool of triggers in " + directory + " is full: new triggers are rejected";
        }
    }

    /** The spool cannot be written. Raised once, until it is available again. */
    record SpoolUnavailable(Path directory, String cause) implements Alarm {
        @Override
        public String text() {
            return "The spool of triggers in " + directory + " cannot be written: " + cause;
        }
    }

    /** The spool accepts triggers again. */
    record SpoolAvailable(Path directory) implements Alarm {
        @Override
        public String text() {
            return "The spool of triggers in " + directory + " accepts triggers again";
        }

        @Override
        public boolean isAllClear() {
            return true;
        }
    }
}

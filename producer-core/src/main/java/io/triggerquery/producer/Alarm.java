package io.triggerquery.producer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** An event that an operator should know of at once. Texts that it quotes are printable ASCII and bounded. */
public sealed interface Alarm {

    /** Which it is, in words joined by dashes, as in {@code spool-full}. */
    default String kind() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** One sentence for a person. */
    String text();

    /** Whether it says that a trouble is over. */
    default boolean isAllClear() {
        return false;
    }

    /** A destination can't be reached; its triggers wait. Raised once, until it has recovered. */
    record Outage(String destination, String cause) implements Alarm {
        @Override
        public String text() {
            return "Triggers for " + destination + " can't be sent and wait: " + cause;
        }
    }

    /**
     * A destination takes triggers again.
     *
     * @param duration how long it was away
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
     * Triggers that can't be sent wait until an operator unparks them.
     *
     * @param count how many since the last such alarm
     */
    record Parked(String destination, long count, String cause) implements Alarm {
        @Override
        public String text() {
            return count + " triggers for " + destination + " can't be sent and are parked: " + cause;
        }
    }

    /**
     * Triggers were given up; they are in the log of undelivered triggers and nowhere else.
     *
     * @param count how many since the last such alarm
     */
    record Undelivered(String destination, long count, String reason) implements Alarm {
        @Override
        public String text() {
            return count + " triggers for " + destination + " are given up and wait in the log: " + reason;
        }
    }

    /** What waits in a store can't be read or changed, so nothing of it is sent. Raised once, until it works again. */
    record StoreUnavailable(String store, String cause) implements Alarm {
        @Override
        public String text() {
            return "The store of the strategy " + store + " fails, and what waits in it is not sent: " + cause;
        }
    }

    /**
     * A store works again.
     *
     * @param duration how long it failed
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

    /** Triggers wait for a destination that is not configured. Raised once for each, until none waits. */
    record Stranded(String store, String destination, long count) implements Alarm {
        @Override
        public String text() {
            return count + " triggers in the store of the strategy " + store + " are for " + destination
                    + ", which has no topic here, and wait: configure it, or send them by triggerctl";
        }
    }

    /** Triggers wait in a store that no destination uses any more. They are sent; raised once. */
    record UnusedStores(String store, long count) implements Alarm {
        @Override
        public String text() {
            return count + " triggers wait in the store of the strategy " + store
                    + ", which no destination uses any more; what is not parked is sent";
        }
    }

    /** The spool was damaged; its files are in quarantine, and a new one is in use. */
    record SpoolDamaged(Path quarantined) implements Alarm {
        @Override
        public String text() {
            return "The spool of triggers was damaged, its files were moved to " + quarantined;
        }
    }

    /** A program reads the spool's file for so long that its log has grown to its bound; a new file is in use. */
    record SpoolHeld(Path directory) implements Alarm {
        @Override
        public String text() {
            return "A program that reads the spool of triggers in " + directory
                    + " has let its log grow, so the file was written anew: end that program";
        }
    }

    /** The spool takes nothing more. Raised once, until it is available again. */
    record SpoolFull(Path directory) implements Alarm {
        @Override
        public String text() {
            return "The spool of triggers in " + directory + " is full: what is published is rejected";
        }
    }

    /** The spool can't be written. Raised once, until it is available again. */
    record SpoolUnavailable(Path directory, String cause) implements Alarm {
        @Override
        public String text() {
            return "The spool of triggers in " + directory + " can't be written: " + cause;
        }
    }

    /** The spool takes triggers again. */
    record SpoolAvailable(Path directory) implements Alarm {
        @Override
        public String text() {
            return "The spool of triggers in " + directory + " takes triggers again";
        }

        @Override
        public boolean isAllClear() {
            return true;
        }
    }
}

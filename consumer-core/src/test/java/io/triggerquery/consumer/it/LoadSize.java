package io.triggerquery.consumer.it;

import java.util.Map;

/**
 * The size of a {@link TriggerLoad}, and the settings of the members.
 *
 * @param triggers how many in total
 * @param ids over how many ids, roughly; at least 20, and a fifth of the triggers at most
 * @param rate triggers for each second, roughly
 * @param concurrency how many ids a member works on at once
 * @param millis how long each of them takes: long enough that work is always queued, and could be lost
 */
record LoadSize(int triggers, int ids, int rate, int concurrency, int millis) {

    private static final int MIN_IDS = 20;
    private static final int MIN_TRIGGERS_PER_ID = 5;

    LoadSize {
        if (ids < MIN_IDS || triggers / ids < MIN_TRIGGERS_PER_ID) {
            throw new IllegalArgumentException(
                    ("cluster.ids must be at least %d and cluster.triggers at least %d times as"
                                    + " many, but they are %d and %d")
                            .formatted(MIN_IDS, MIN_TRIGGERS_PER_ID, ids, triggers));
        }
    }

    /** Returns the size in the system properties, by default a small one. */
    static LoadSize configured() {
        return new LoadSize(
                setting("cluster.triggers", 5_000),
                setting("cluster.ids", 500),
                setting("cluster.rate", 500),
                setting("cluster.concurrency", 16),
                setting("cluster.millis", 400));
    }

    /** Returns whether it is more than the default of the build. */
    static boolean isFull() {
        return System.getProperty("cluster.triggers") != null;
    }

    private static int setting(String name, int small) {
        String value = System.getProperty(name, Integer.toString(small));
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(name + " must be a whole number, but is " + value, notANumber);
        }
    }

    Map<String, String> memberSettings() {
        return Map.of("triggerquery.defaults.parallelism", concurrency + "", "member.millis", millis + "");
    }
}

package io.triggerquery.consumer.internal.decoding;

import io.triggerquery.consumer.internal.log.MinuteLimiter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns of topics in which a configured place finds no version: each of their triggers counts as one without a version.
 * A single record without one is normal.
 *
 * <p>Threads: any. Bounds: one entry for each topic, and one log line a minute for it.
 */
final class MissingVersions {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    private final Map<String, Topic> topics = new ConcurrentHashMap<>();
    private final Expression expression;
    private final LongSupplier nanoTime;

    private static final class Topic {

        private final MinuteLimiter limiter;
        private volatile boolean found;

        private Topic(LongSupplier nanoTime) {
            this.limiter = new MinuteLimiter(nanoTime);
        }
    }

    /**
     * Creates the warning for a place.
     *
     * @param expression names the place and the attribute or setting
     */
    MissingVersions(Expression expression, LongSupplier nanoTime) {
        this.expression = expression;
        this.nanoTime = nanoTime;
    }

    /** Records that a record of a topic has a version, valid or not. */
    void found(String topic) {
        Topic known = topic(topic);
        if (!known.found) {
            known.found = true;
        }
    }

    /** Records that a record has none. Warns if no other has had one since the last warning, at most once a minute. */
    void missing(String topic) {
        Topic known = topic(topic);
        if (!known.limiter.isDue()) {
            return;
        }
        boolean found = known.found;
        known.found = false;
        if (!found) {
            log.warn(
                    "No version was found at {} in the records of {}, so their triggers are processed without a version."
                            + " Correct or remove {}. This is logged once a minute at most",
                    expression.text(),
                    topic,
                    expression.name());
        }
    }

    private Topic topic(String name) {
        Topic known = topics.get(name);
        return known == null ? topics.computeIfAbsent(name, any -> new Topic(nanoTime)) : known;
    }
}

package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.internal.decoding.Expression;
import io.triggerquery.consumer.internal.engine.EngineSettings;
import io.triggerquery.consumer.internal.kafka.ContainerSettings;
import io.triggerquery.consumer.internal.resync.ResyncSettings;
import io.triggerquery.consumer.spi.BackOff;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The validated settings of one listener.
 *
 * @param engine the limits and the timing of its engine
 * @param backOff the pauses of failing ids
 * @param resync how often and how fast the resync runs
 * @param container the settings of its container
 * @param checksPerSecond the rate of its consistency monitor; 0 for none
 * @param records how its records are decoded
 */
public record ListenerSettings(
        EngineSettings engine,
        FractionalBackOff backOff,
        ResyncPace resync,
        ContainerSettings container,
        int checksPerSecond,
        Records records) {

    private static final int MAX_OPEN = 100;
    private static final int SHARE_OF_PENDING = 10;

    /**
     * How often and how fast the resync runs.
     *
     * @param every the time from the end of one run to the start of the next; zero for runs on demand only
     * @param rate the maximum number of requests per second
     */
    public record ResyncPace(Duration every, int rate) {}

    /**
     * How records are decoded.
     *
     * @param idFrom the place of the id
     * @param versionFrom the place of the version
     * @param decoder the name of the decoder's bean; empty to read the id and the version from these places
     * @param unicodeIds whether ids may be any Unicode text
     */
    public record Records(Expression idFrom, Expression versionFrom, Expression decoder, boolean unicodeIds) {

        /** The place of the id by default. */
        public static final String ID_FROM = "value";

        /** The place of the version by default. */
        public static final String VERSION_FROM = "header:triggerquery-version";

        /**
         * Creates the settings.
         *
         * @param name returns the full name of a setting, for messages
         */
        public static Records of(
                String idFrom, String versionFrom, String decoder, boolean unicodeIds, UnaryOperator<String> name) {
            return new Records(
                    new Expression(idFrom, name.apply("id-from")),
                    new Expression(versionFrom, name.apply("version-from")),
                    new Expression(decoder, name.apply("decoder")),
                    unicodeIds);
        }

        /** Returns the place that was set to another than the default, or empty if none was. */
        Optional<Expression> place() {
            return !idFrom.text().equals(ID_FROM)
                    ? Optional.of(idFrom)
                    : Optional.of(versionFrom).filter(place -> !place.text().equals(VERSION_FROM));
        }
    }

    ListenerSettings withParallelism(int parallelism) {
        return new ListenerSettings(
                engine.withConcurrency(parallelism), backOff, resync, container, checksPerSecond, records);
    }

    ListenerSettings withAutoStartup(boolean autoStartup) {
        return new ListenerSettings(
                engine, backOff, resync, container.withAutoStartup(autoStartup), checksPerSecond, records);
    }

    /** Returns the settings of the resync, with the back-off that is in use. */
    ResyncSettings resync(BackOff inUse) {
        // few enough that they alone never pause the partitions
        long maxOpen = Math.max(1, engine.limits().maxPending() / SHARE_OF_PENDING);
        return new ResyncSettings(resync.every(), resync.rate(), (int) Math.min(MAX_OPEN, maxOpen), inUse);
    }
}

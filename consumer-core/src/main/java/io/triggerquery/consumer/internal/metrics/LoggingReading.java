package io.triggerquery.consumer.internal.metrics;

import io.triggerquery.consumer.internal.reading.Loss;
import io.triggerquery.consumer.internal.reading.ReadingListener;
import java.time.Duration;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Logs one line for each reading problem, like {@link LoggingListener}. */
final class LoggingReading implements ReadingListener {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    private final String listenerId;

    LoggingReading(String listenerId) {
        this.listenerId = listenerId;
    }

    @Override
    public void failed(Duration pause, String cause) {
        of(log.atError())
                .addKeyValue("cause", cause)
                .log(
                        "{}: {}{}",
                        listenerId,
                        cause,
                        pause.isZero() ? "" : "; reading continues in " + pause.toMillis() + " ms");
    }

    @Override
    public void recovered() {
        of(log.atInfo()).log("{}: Reading works again.", listenerId);
    }

    @Override
    public void lost(Loss loss) {
        of(log.atError())
                .log(
                        "{}: {} of {} were lost before they were read, from offset {} on: {}",
                        listenerId,
                        loss.count() == 1 ? "1 offset" : loss.count() + " offsets",
                        loss.partition(),
                        loss.from(),
                        explain(loss));
    }

    @Override
    public void begun(TopicPartition partition, long offset, long skipped) {
        if (skipped > 0) {
            of(log.atWarn())
                    .log(
                            "{}: The group has no committed offset for {}, so reading begins at offset {} and skips {}"
                                    + " earlier offsets, according to auto.offset.reset.",
                            listenerId,
                            partition,
                            offset,
                            skipped);
        }
    }

    private static String explain(Loss loss) {
        return switch (loss.kind()) {
            case DELETED ->
                "the log begins after this group's position. Set retention.ms of the topic longer than this service can"
                        + " be down.";
            case TRUNCATED ->
                "the log ends before this group's position. It was truncated by an unclean leader election, or its"
                        + " topic was deleted and created again.";
            case OFFSETS_GONE ->
                "the group had read this topic, but its committed offsets no longer exist. They expired"
                        + " (offsets.retention.minutes of the broker), or the topic was deleted and created again.";
        };
    }

    private LoggingEventBuilder of(LoggingEventBuilder line) {
        return line.addKeyValue("listener", listenerId);
    }
}

package io.triggerquery.consumer.internal.metrics;

import io.triggerquery.consumer.internal.reading.Loss;
import io.triggerquery.consumer.internal.reading.ReadingListener;
import java.time.Duration;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Logs one line for each problem of reading, like {@link LoggingListener}. */
final class LoggingReading implements ReadingListener {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    private final String listenerId;

    LoggingReading(String listenerId) {
        this.listenerId = listenerId;
    }

    @Override
    public void failed(Duration rest, String cause) {
        of(log.atError())
                .addKeyValue("cause", cause)
                .log(
                        "{}: {}{}",
                        listenerId,
                        cause,
                        rest.isZero() ? "" : "; reading goes on in " + rest.toMillis() + " ms");
    }

    @Override
    public void recovered() {
        of(log.atInfo()).log("{}: reading works again", listenerId);
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
                        how(loss));
    }

    @Override
    public void begun(TopicPartition partition, long offset, long skipped) {
        if (skipped > 0) {
            of(log.atWarn())
                    .log(
                            "{}: the group has no committed offset for {}, so reading begins at offset {}, and {} before it"
                                    + " are skipped, as auto.offset.reset says",
                            listenerId,
                            partition,
                            offset,
                            skipped);
        }
    }

    private static String how(Loss loss) {
        return switch (loss.kind()) {
            case DELETED ->
                "the log begins later than this group had read. Let retention.ms of the topic be longer than this service"
                        + " is ever away";
            case TRUNCATED ->
                "the log ends before what this group had read. It was truncated by an election of an unclean leader, or"
                        + " its topic was deleted and created again";
            case OFFSETS_GONE ->
                "the group had read this topic, but its committed offsets are gone. They expired"
                        + " (offsets.retention.minutes of the broker), or the topic was deleted and created again";
        };
    }

    private LoggingEventBuilder of(LoggingEventBuilder line) {
        return line.addKeyValue("listener", listenerId);
    }
}

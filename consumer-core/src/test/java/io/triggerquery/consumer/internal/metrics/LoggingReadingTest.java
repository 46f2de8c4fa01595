package io.triggerquery.consumer.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.triggerquery.consumer.internal.reading.Loss;
import java.time.Duration;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggingReadingTest {

    private static final TopicPartition P = new TopicPartition("bill-changed", 2);

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.triggerquery.consumer");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final LoggingReading reading = new LoggingReading("bills");

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void restore() {
        logger.detachAppender(lines);
    }

    private void assertLogged(Level level, String text) {
        assertThat(lines.list).hasSize(1);
        assertThat(lines.list.get(0).getLevel()).isEqualTo(level);
        assertThat(lines.list.get(0).getFormattedMessage()).contains(text);
        assertThat(lines.list.get(0).getKeyValuePairs()).anyMatch(pair -> pair.key.equals("listener"));
    }

    @Test
    void failureIsOneLineWithPause() {
        reading.failed(Duration.ofSeconds(2), "the poll failed: no");
        assertLogged(Level.ERROR, "bills: the poll failed: no; reading continues in 2000 ms");
    }

    @Test
    void lossNamesPartitionCountAndCause() {
        reading.lost(new Loss(P, Loss.Kind.DELETED, 10, 3_010));
        assertLogged(
                Level.ERROR,
                "bills: 3000 offsets of bill-changed-2 were lost before they were read, from offset 10 on: the log begins"
                        + " after this group's position. Set retention.ms");
    }

    @Test
    void onlyStartThatSkipsRecordsIsLogged() {
        reading.begun(P, 7, 0);
        assertThat(lines.list).isEmpty();
        reading.begun(P, 7, 7);
        assertLogged(Level.WARN, "reading begins at offset 7 and skips 7 earlier offsets");
    }
}

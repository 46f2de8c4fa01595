package io.triggerquery.consumer.metrics;

import io.triggerquery.consumer.engine.EngineListener;
import io.triggerquery.consumer.engine.Work;
import java.time.Duration;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One log line for everything that is not going well; the stack trace at level debug. */
public final class LoggingListener implements EngineListener {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");
    private static final int MAX_CAUSE_LENGTH = 500;

    private final String listenerId;

    public LoggingListener(String listenerId) {
        this.listenerId = listenerId;
    }

    @Override
    public void applied(Work work, int failures) {
        if (work instanceof Work.Bury bury) {
            log.error(
                    "{}: {} is no trigger and went to the dead-letter topic: {}",
                    listenerId,
                    bury.origin(),
                    bury.reason());
        } else if (failures > 0) {
            log.info("{}: {} succeeded after {}", listenerId, work.name(), times(failures));
        }
    }

    @Override
    public void failed(Work work, int failures, Duration retryIn, Throwable cause) {
        log.warn(
                "{}: {} has failed, {} in a row, next try in {} ms: {}",
                listenerId,
                work.name(),
                times(failures),
                retryIn.toMillis(),
                oneLine(cause));
        log.debug("{}: {}", listenerId, work.name(), cause);
    }

    @Override
    public void refused(int ids, Duration pause) {
        log.debug("{}: the source's circuit is open, nothing is asked for {} ms", listenerId, pause.toMillis());
    }

    @Override
    public void full(long pending) {
        log.warn("{}: {} pending, reading pauses until half of them are done", listenerId, pending);
    }

    @Override
    public void fenced(TopicPartition partition, int running) {
        if (running > 0) {
            log.warn(
                    "{}: {} was given up while {} rounds were still running; their triggers will be delivered again",
                    listenerId,
                    partition,
                    running);
        }
    }

    private static String times(int failures) {
        return failures == 1 ? "1 failure" : failures + " failures";
    }

    /** Messages of causes may quote what a remote service sent: no line breaks, no escape sequences. */
    private static String oneLine(Throwable cause) {
        String text = String.valueOf(cause);
        String shortened = text.length() <= MAX_CAUSE_LENGTH ? text : text.substring(0, MAX_CAUSE_LENGTH) + "…";
        return shortened.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ");
    }
}

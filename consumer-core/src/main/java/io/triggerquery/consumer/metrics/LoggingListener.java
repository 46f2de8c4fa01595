package io.triggerquery.consumer.metrics;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.engine.EngineListener;
import io.triggerquery.consumer.engine.Work;
import io.triggerquery.consumer.failure.OneLine;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One log line for everything that is not going well, by the logger {@value #LOGGER}; the stack trace at level debug.
 *
 * <p>Each line carries the key {@code listener}, and those that apply of {@code id}, {@code attempt} (how many rounds of
 * the id have failed in a row) and {@code cause}, for structured logs. The text says the same by itself.
 *
 * <table>
 *   <caption>Lines</caption>
 *   <tr><td>error</td><td>a trigger, or a message that is no trigger, went to the dead-letter topic</td></tr>
 *   <tr><td>warn</td><td>a round failed; a trigger was parked; rounds outlived their partition; once a minute at most:
 *       reading pauses; too many ids wait</td></tr>
 *   <tr><td>info</td><td>an id that had failed succeeded</td></tr>
 *   <tr><td>debug</td><td>a batch is split; an answer was stale; the source is not asked</td></tr>
 * </table>
 */
public final class LoggingListener implements EngineListener {

    private static final String LOGGER = "io.triggerquery.consumer";
    private static final Logger log = LoggerFactory.getLogger(LOGGER);

    private final String listenerId;
    private final OnceAMinute full;
    private final OnceAMinute crowded;

    public LoggingListener(String listenerId) {
        this(listenerId, System::nanoTime);
    }

    LoggingListener(String listenerId, LongSupplier nanoTime) {
        this.listenerId = listenerId;
        this.full = new OnceAMinute(nanoTime);
        this.crowded = new OnceAMinute(nanoTime);
    }

    @Override
    public void applied(Work work, int failures) {
        if (work instanceof Work.Bury bury) {
            String reason = OneLine.of(bury.reason());
            of(log.atError(), bury.origin())
                    .addKeyValue("cause", reason)
                    .log(
                            "{}: {} is no trigger and went to the dead-letter topic: {}",
                            listenerId,
                            bury.origin(),
                            reason);
        } else if (failures > 0) {
            of(log.atInfo(), work.name())
                    .addKeyValue("attempt", failures)
                    .log("{}: {} succeeded after {}", listenerId, work.name(), times(failures));
        }
    }

    @Override
    public void failed(Work work, int failures, Duration retryIn, Throwable cause) {
        String why = OneLine.of(cause);
        of(log.atWarn(), work.name())
                .addKeyValue("attempt", failures)
                .addKeyValue("cause", why)
                .log(
                        "{}: {} has failed, {} in a row{}: {}",
                        listenerId,
                        work.name(),
                        times(failures),
                        retryIn.isZero() ? "" : ", next try in " + retryIn.toMillis() + " ms",
                        why);
        of(log.atDebug(), work.name()).setCause(cause).log("{}: {}", listenerId, work.name());
    }

    @Override
    public void parked(Trigger trigger, int failures) {
        of(log.atWarn(), trigger.id())
                .addKeyValue("attempt", failures)
                .log(
                        "{}: {} was parked in the retry topic after {}, and is tried again from there",
                        listenerId,
                        trigger.id(),
                        times(failures));
    }

    @Override
    public void buried(Trigger trigger, Throwable cause) {
        String why = OneLine.of(cause);
        of(log.atError(), trigger.id())
                .addKeyValue("cause", why)
                .log(
                        "{}: {} can never be applied and went to the dead-letter topic: {}",
                        listenerId,
                        trigger.id(),
                        why);
        of(log.atDebug(), trigger.id()).setCause(cause).log("{}: {}", listenerId, trigger.id());
    }

    @Override
    public void split(int ids, Throwable cause) {
        String why = OneLine.of(cause);
        of(log.atDebug())
                .addKeyValue("cause", why)
                .log("{}: {} ids have failed together and are tried in smaller batches: {}", listenerId, ids, why);
    }

    @Override
    public void stale(Trigger trigger, OptionalLong answered) {
        of(log.atDebug(), trigger.id())
                .log(
                        "{}: {} was answered with version {}, its trigger was sent for {}; it is asked for again",
                        listenerId,
                        trigger.id(),
                        answered.orElse(-1),
                        trigger.version().orElse(-1));
    }

    @Override
    public void refused(int ids, Duration pause) {
        of(log.atDebug())
                .log(
                        "{}: the source is not asked for {} ms, its circuit is open or it is busy",
                        listenerId,
                        pause.toMillis());
    }

    @Override
    public void full(long pending) {
        if (full.isDue()) {
            of(log.atWarn())
                    .log(
                            "{}: {} pending, reading pauses until half of them are done, now and whenever it comes to"
                                    + " that again",
                            listenerId,
                            pending);
        }
    }

    @Override
    public void crowded(int limit) {
        if (crowded.isDue()) {
            of(log.atWarn())
                    .log(
                            "{}: most of the room for {} ids that wait for a later try is taken; at the limit what fails"
                                    + " is parked at once. See why they fail, or raise triggerquery.max-waiting",
                            listenerId,
                            limit);
        }
    }

    @Override
    public void fenced(TopicPartition partition, int running) {
        if (running > 0) {
            of(log.atWarn())
                    .log(
                            "{}: {} was given up while {} rounds were still running; their triggers will be delivered"
                                    + " again",
                            listenerId,
                            partition,
                            running);
        }
    }

    private LoggingEventBuilder of(LoggingEventBuilder line) {
        return line.addKeyValue("listener", listenerId);
    }

    private LoggingEventBuilder of(LoggingEventBuilder line, String id) {
        return of(line).addKeyValue("id", id);
    }

    private static String times(int failures) {
        return failures == 1 ? "1 failure" : failures + " failures";
    }
}

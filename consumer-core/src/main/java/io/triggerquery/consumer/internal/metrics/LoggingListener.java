package io.triggerquery.consumer.internal.metrics;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.TriggerIdRule;
import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.engine.Work;
import io.triggerquery.consumer.internal.failure.OneLine;
import io.triggerquery.consumer.internal.log.MinuteLimiter;
import java.time.Duration;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs one line for each problem, by the logger {@value #LOGGER}; the stack trace at level debug.
 *
 * <p>Each line has the key {@code listener} and, where they apply, {@code id}, {@code attempt} (how many rounds of the
 * id have failed in a row) and {@code cause}, for structured logs. The text contains the same values.
 *
 * <table>
 *   <caption>Lines</caption>
 *   <tr><td>error</td><td>a trigger, or a record that is not a trigger, was sent to the dead-letter topic</td></tr>
 *   <tr><td>warn</td><td>an id failed for the 1st, 2nd, 4th, 8th … time in a row; a trigger was deferred for the first
 *       time; the listener is suspended, because every id fails; rounds were still running when their partition was
 *       revoked; at most once a minute: reading pauses; too many ids fail</td></tr>
 *   <tr><td>info</td><td>an id that had failed succeeded; a suspension ended</td></tr>
 *   <tr><td>debug</td><td>the other failures; a batch is split; an answer was stale; the source is not
 *       queried</td></tr>
 * </table>
 *
 * <p>Bounds: at most {@value #LINES} lines a minute about failing ids and as many about dead letters; the next line
 * after that minute reports how many were omitted.
 */
public final class LoggingListener implements EngineListener {

    private static final String LOGGER = "io.triggerquery.consumer";
    private static final Logger log = LoggerFactory.getLogger(LOGGER);

    private final String listenerId;
    private static final int LINES = 60;
    private static final int REMEMBERED = 10_000;

    private final MinuteLimiter full;
    private final MinuteLimiter nearCapacity;
    private final LogLineBudget failing;
    private final LogLineBudget dead;
    private final Set<String> deferred = Collections.newSetFromMap(Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .<String, Boolean>build()
            .asMap());

    public LoggingListener(String listenerId) {
        this(listenerId, System::nanoTime);
    }

    LoggingListener(String listenerId, LongSupplier nanoTime) {
        this.listenerId = listenerId;
        this.full = new MinuteLimiter(nanoTime);
        this.nearCapacity = new MinuteLimiter(nanoTime);
        this.failing = new LogLineBudget(LINES, nanoTime, count -> logOmitted(count, "failing ids"));
        this.dead = new LogLineBudget(LINES, nanoTime, count -> logOmitted(count, "dead letters"));
    }

    private void logOmitted(int lines, String about) {
        of(log.atWarn())
                .log(
                        "{}: {} more lines about {} were omitted before this one; the meters count all of them.",
                        listenerId,
                        lines,
                        about);
    }

    @Override
    public void deadLettered(Work.DeadLetter message) {
        if (dead.allowsLine()) {
            String reason = OneLine.of(message.reason());
            of(log.atError(), message.origin())
                    .addKeyValue("cause", reason)
                    .log(
                            "{}: {} is not a trigger and was sent to the dead-letter topic: {}",
                            listenerId,
                            message.origin(),
                            reason);
        }
    }

    @Override
    public void applied(Work work, int failures) {
        if (failures > 0 && recovered(name(work))) {
            of(log.atInfo(), name(work))
                    .addKeyValue("attempt", failures)
                    .log("{}: {} succeeded after {}.", listenerId, name(work), times(failures));
        }
    }

    /** Returns the id as it can be put into the endpoint's path; the name of other work contains nothing to escape. */
    private static String name(Work work) {
        return TriggerIdRule.escaped(work.name());
    }

    private boolean recovered(String id) {
        deferred.remove(id);
        return failing.allowsLine();
    }

    @Override
    public void failed(Work work, int failures, Duration retryIn, Throwable cause) {
        String reason = OneLine.of(cause);
        boolean warn = isPowerOfTwo(failures) && failing.allowsLine();
        of(warn ? log.atWarn() : log.atDebug(), name(work))
                .addKeyValue("attempt", failures)
                .addKeyValue("cause", reason)
                .log(
                        "{}: {} failed, {} in a row{}: {}",
                        listenerId,
                        name(work),
                        times(failures),
                        retryIn.isZero() ? "" : ", next attempt in " + retryIn.toMillis() + " ms",
                        reason);
        of(log.atDebug(), name(work)).setCause(cause).log("{}: {}", listenerId, name(work));
    }

    private static boolean isPowerOfTwo(int failures) {
        return Integer.bitCount(failures) == 1;
    }

    @Override
    public void deferred(Trigger trigger, int failures) {
        String id = TriggerIdRule.escaped(trigger.id());
        boolean warn = deferred.add(id) && failing.allowsLine();
        of(warn ? log.atWarn() : log.atDebug(), id)
                .addKeyValue("attempt", failures)
                .log(
                        "{}: {} was deferred to the retry topic after {}, and is tried again from there.",
                        listenerId,
                        id,
                        failures == 0 ? "no attempt, because most ids fail" : times(failures));
    }

    @Override
    public void suspended(int ids, Throwable cause) {
        String reason = OneLine.of(cause);
        of(log.atWarn())
                .addKeyValue("cause", reason)
                .log(
                        "{}: Every id fails, {} different ids in a row: the listener is suspended and probes with one"
                                + " id at a time, at least once a second. Last failure: {}",
                        listenerId,
                        ids,
                        reason);
        of(log.atDebug()).setCause(cause).log("{}: suspended", listenerId);
    }

    @Override
    public void resumed(Duration after) {
        of(log.atInfo()).log("{}: An id succeeded; the listener resumes after {} ms.", listenerId, after.toMillis());
    }

    @Override
    public void deadLettered(Trigger trigger, Throwable cause) {
        if (!dead.allowsLine()) {
            return;
        }
        String id = TriggerIdRule.escaped(trigger.id());
        String reason = OneLine.of(cause);
        of(log.atError(), id)
                .addKeyValue("cause", reason)
                .log("{}: {} can never be applied and was sent to the dead-letter topic: {}", listenerId, id, reason);
        of(log.atDebug(), id).setCause(cause).log("{}: {}", listenerId, id);
    }

    @Override
    public void split(int ids, Throwable cause) {
        String reason = OneLine.of(cause);
        of(log.atDebug())
                .addKeyValue("cause", reason)
                .log("{}: {} ids failed together and are tried again in smaller batches: {}", listenerId, ids, reason);
    }

    @Override
    public void stale(Trigger trigger, OptionalLong answered) {
        String id = TriggerIdRule.escaped(trigger.id());
        of(log.atDebug(), id)
                .log(
                        "{}: {} was answered with version {}, but its trigger has version {}; it is queried again.",
                        listenerId,
                        id,
                        answered.orElse(-1),
                        trigger.version().orElse(-1));
    }

    @Override
    public void refused(int ids, Duration pause) {
        of(log.atDebug())
                .log(
                        "{}: The source is not queried for {} ms, because its circuit breaker is open or it is busy.",
                        listenerId,
                        pause.toMillis());
    }

    @Override
    public void full(long pending) {
        if (full.isDue()) {
            of(log.atWarn())
                    .log(
                            "{}: {} are pending. Reading pauses until half of them are done, now and whenever this"
                                    + " limit is reached again.",
                            listenerId,
                            pending);
        }
    }

    @Override
    public void nearCapacity(int limit) {
        if (nearCapacity.isDue()) {
            of(log.atWarn())
                    .log(
                            "{}: Most of the capacity for {} failing ids is used. Until fewer fail, failing ids are"
                                    + " deferred immediately. Find out why they fail, or raise"
                                    + " max-waiting.",
                            listenerId,
                            limit);
        }
    }

    @Override
    public void fenced(TopicPartition partition, int running) {
        if (running > 0) {
            of(log.atWarn())
                    .log(
                            "{}: {} was revoked while {} rounds were still running. Their triggers will be delivered"
                                    + " again.",
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

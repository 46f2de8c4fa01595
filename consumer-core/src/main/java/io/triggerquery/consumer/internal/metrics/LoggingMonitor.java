package io.triggerquery.consumer.internal.metrics;

import io.triggerquery.consumer.TriggerIdRule;
import io.triggerquery.consumer.internal.failure.OneLine;
import io.triggerquery.consumer.internal.log.MinuteLimiter;
import io.triggerquery.consumer.internal.monitor.Cause;
import io.triggerquery.consumer.internal.monitor.MonitorListener;
import io.triggerquery.consumer.internal.monitor.Violation;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs one line for each violation that a monitor finds, with the keys {@code listener}, {@code id} and {@code cause}.
 *
 * <p>Bounds: at most {@value #LINES} lines a minute; the next line after that minute reports how many were omitted.
 */
final class LoggingMonitor implements MonitorListener {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");
    private static final int LINES = 20;

    private final String listenerId;
    private final LogLineBudget lines;
    private final MinuteLimiter absences;
    private final MinuteLimiter failures;

    LoggingMonitor(String listenerId, LongSupplier nanoTime) {
        this.listenerId = listenerId;
        this.lines = new LogLineBudget(
                LINES,
                nanoTime,
                omitted -> log.warn(
                        "{}: {} more lines about ids that are not consistent were omitted before this one; the meters"
                                + " count all of them.",
                        listenerId,
                        omitted));
        this.absences = new MinuteLimiter(nanoTime);
        this.failures = new MinuteLimiter(nanoTime);
    }

    @Override
    public void violated(Violation violation, Cause cause) {
        if (!lines.allowsLine()) {
            return;
        }
        String id = TriggerIdRule.escaped(violation.id());
        log.atWarn()
                .addKeyValue("listener", listenerId)
                .addKeyValue("id", id)
                .addKeyValue("cause", cause.label())
                .log(
                        "{}: {} has been inconsistent for at least {} ms: the source answers {}, the projection has {}."
                                + " {}: {}.{}",
                        listenerId,
                        id,
                        violation.age().toMillis(),
                        violation.answer().equals("absent")
                                ? "that it is absent" + version(", deleted with version ", violation.answered())
                                : version("version ", violation.answered(), "a state without a version"),
                        version("version ", violation.projected(), "nothing"),
                        cause.label(),
                        cause.sentence(),
                        repair(violation.repair()));
    }

    private static String version(String prefix, @Nullable Long version) {
        return version(prefix, version, "");
    }

    private static String version(String prefix, @Nullable Long version, String without) {
        return version == null ? without : prefix + version;
    }

    private static String repair(String repair) {
        return switch (repair) {
            case "triggered" -> " It is triggered now.";
            case "later" -> " It is triggered later.";
            default -> "";
        };
    }

    @Override
    public void absencesHeld() {
        if (absences.isDue()) {
            log.atError()
                    .addKeyValue("listener", listenerId)
                    .log(
                            "{}: The source reports most of the last checked ids as absent, or too few were checked yet."
                                    + " Ids that it does not have are not triggered. Check the source's address and"
                                    + " data.",
                            listenerId);
        }
    }

    @Override
    public void failed(Throwable cause) {
        if (failures.isDue()) {
            log.atWarn()
                    .addKeyValue("listener", listenerId)
                    .addKeyValue("cause", OneLine.of(cause))
                    .log(
                            "{}: The consistency monitor cannot read the source or the projection: {}",
                            listenerId,
                            OneLine.of(cause));
        }
    }
}

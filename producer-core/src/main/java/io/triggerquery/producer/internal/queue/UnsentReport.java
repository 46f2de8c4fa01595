package io.triggerquery.producer.internal.queue;

import io.triggerquery.producer.internal.relay.TriggerRelay;
import io.triggerquery.producer.internal.relay.WaitingTrigger;
import io.triggerquery.producer.internal.report.UndeliveredReport;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.SmartLifecycle;

/**
 * Closes a queue once its relay has stopped, and reports the remaining entries, including parked ones. Later
 * publications are rejected.
 *
 * <p>Threads: the one that stops the application. Bounds: one line for each entry. Failure: does not throw; a killed
 * process reports nothing.
 */
public final class UnsentReport implements SmartLifecycle {

    private final TriggerQueue queue;
    private final UndeliveredReport report;
    private volatile boolean running;

    /** Creates a report on this queue. */
    public UnsentReport(TriggerQueue queue, UndeliveredReport report) {
        this.queue = queue;
        this.report = report;
    }

    @Override
    public void start() {
        queue.open();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        Map<Boolean, List<WaitingTrigger>> remaining =
                queue.close().stream().collect(Collectors.partitioningBy(waiting -> waiting.parked() != null));
        report.report(remaining.getOrDefault(true, List.of()), "parked when the process stopped");
        report.report(remaining.getOrDefault(false, List.of()), "not taken by Kafka before the process stopped");
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops after the relay. */
    @Override
    public int getPhase() {
        return TriggerRelay.PHASE - 1;
    }
}

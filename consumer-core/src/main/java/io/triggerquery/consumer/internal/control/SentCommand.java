package io.triggerquery.consumer.internal.control;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A command that this instance has sent, and the answers that have arrived.
 *
 * <p>Threads: any.
 */
final class SentCommand {

    private final String listener;
    private final Operation operation;
    private final Map<String, ControlValue.Answer> answers = new TreeMap<>();
    private final CountDownLatch decided = new CountDownLatch(1);
    private Set<String> silent = Set.of();

    SentCommand(String listener, Operation operation) {
        this.listener = listener;
        this.operation = operation;
    }

    String listener() {
        return listener;
    }

    synchronized void answered(String instance, ControlValue.Answer answer) {
        answers.put(instance, answer);
    }

    /** Decides whether more answers are worth waiting for. */
    synchronized void update(Collection<String> aliveInstances) {
        silent = new TreeSet<>(aliveInstances);
        silent.removeAll(answers.keySet());
        boolean executed = answers.values().stream().anyMatch(ControlValue.Answer::executed);
        if (silent.isEmpty() || executed && !operation.isForAll()) {
            decided.countDown();
        }
    }

    /** Waits until no more answers are expected, or for the given time. */
    void await(Duration limit) throws InterruptedException {
        decided.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    boolean isDecided() {
        return decided.getCount() == 0;
    }

    /** Returns the instances that have answered. */
    synchronized List<String> answeredBy() {
        return List.copyOf(answers.keySet());
    }

    synchronized CommandResult result() {
        return new CommandResult(new TreeMap<>(answers), Set.copyOf(silent), null);
    }
}

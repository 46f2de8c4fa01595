package io.triggerquery.ctl.source;

import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A batch of triggers in memory, each id once, with callbacks that change their source. */
final class InMemorySource implements SendBatch {

    private final Map<String, Deque<Claimed>> byDestination = new HashMap<>();
    private final Consumer<List<Claimed>> onSent;
    private final BiConsumer<List<Claimed>, String> onRefused;

    InMemorySource(
            Collection<OutgoingTrigger> triggers,
            Consumer<List<Claimed>> onSent,
            BiConsumer<List<Claimed>, String> onRefused) {
        this.onSent = onSent;
        this.onRefused = onRefused;
        long row = 0;
        for (OutgoingTrigger trigger : triggers) {
            queue(trigger.destination()).add(new Claimed(row++, 0, trigger, 0));
        }
    }

    private Deque<Claimed> queue(String destination) {
        return byDestination.computeIfAbsent(destination, name -> new ArrayDeque<>());
    }

    @Override
    public List<Claimed> next(String destination, int ids) {
        Deque<Claimed> queue = queue(destination);
        List<Claimed> next = new ArrayList<>();
        while (next.size() < ids && !queue.isEmpty()) {
            next.add(queue.remove());
        }
        return next;
    }

    @Override
    public void sent(List<Claimed> entries) {
        onSent.accept(entries);
    }

    @Override
    public void refused(List<Claimed> entries, String reason) {
        onRefused.accept(entries, reason);
    }

    @Override
    public void putBack(List<Claimed> entries) {
        for (int n = entries.size() - 1; n >= 0; n--) {
            queue(entries.get(n).trigger().destination()).addFirst(entries.get(n));
        }
    }
}

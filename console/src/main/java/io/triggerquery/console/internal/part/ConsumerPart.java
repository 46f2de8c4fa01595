package io.triggerquery.console.internal.part;

import io.triggerquery.consumer.internal.actuate.Shown;
import io.triggerquery.consumer.internal.actuate.TriggerQueryEndpoint;
import io.triggerquery.consumer.internal.control.Audit;
import io.triggerquery.consumer.internal.letter.LetterReasons;
import io.triggerquery.consumer.internal.letter.LetterRequest;
import io.triggerquery.consumer.internal.listener.ListenerOperationException;
import io.triggerquery.consumer.internal.listener.ListenerOperations;
import io.triggerquery.consumer.internal.listener.ListenerReport;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The listeners of this application and their instances elsewhere. */
public final class ConsumerPart implements ConsolePart {

    private final Supplier<List<ListenerOperations>> listeners;
    private final TriggerQueryEndpoint endpoint;
    private final Shown shown;
    private final EndpointAccess access;
    private final DeadLettered deadLettered;
    private final LetterCounts letters;
    private final AtomicLong operations = new AtomicLong();

    /**
     * Creates the part.
     *
     * @param listeners the listeners of this process
     * @param shown what the endpoint shows
     * @param audit receives a record of each operation
     * @param deadLettered says when to count dead letters again
     * @param executor counts dead letters
     */
    public ConsumerPart(
            Supplier<List<ListenerOperations>> listeners,
            Shown shown,
            Audit audit,
            EndpointAccess access,
            DeadLettered deadLettered,
            Executor executor) {
        this.listeners = listeners;
        this.endpoint = new TriggerQueryEndpoint(listeners, shown, audit);
        this.shown = shown;
        this.access = access;
        this.deadLettered = deadLettered;
        this.letters = new LetterCounts(this::reasons, System::nanoTime, executor);
    }

    private LetterReasons reasons(String listener) {
        return (LetterReasons) endpoint.viewOfOne(listener, "dead-letters", "reasons", null);
    }

    /** What the overview shows. */
    public record Overview(List<Listener> listeners) {}

    /**
     * A listener in the overview.
     *
     * @param report the report of this instance
     * @param fleet what is known of all instances
     * @param elsewhere the partitions that other instances have
     * @param letters the number of open dead letters, or null if it is unknown
     * @param consistency what the monitor of this instance has found, or null if it has none
     */
    public record Listener(
            ListenerReport report,
            Object fleet,
            List<ListenerReport.Partition> elsewhere,
            LetterCounts.@Nullable Count letters,
            @Nullable Object consistency) {}

    @Override
    public String name() {
        return "consumer";
    }

    @Override
    public @Nullable String readOnlyBecause() {
        return access.readOnlyBecause("triggerquery");
    }

    @Override
    public boolean showsErrors() {
        return shown.errors();
    }

    @Override
    public boolean showsStates() {
        return shown.states();
    }

    @Override
    public Object overview() {
        Map<String, CompletableFuture<List<ListenerReport.Partition>>> elsewhere = new HashMap<>();
        Set<String> monitored = new HashSet<>();
        for (ListenerOperations listener : listeners.get()) {
            elsewhere.put(listener.id(), listener.partitionsElsewhere());
            if (listener.monitor().isPresent()) {
                monitored.add(listener.id());
            }
        }
        return new Overview(endpoint.listeners().listeners().stream()
                .map(report -> listener(report, elsewhere.get(report.id()), monitored.contains(report.id())))
                .toList());
    }

    private Listener listener(
            ListenerReport report,
            @Nullable CompletableFuture<List<ListenerReport.Partition>> elsewhere,
            boolean monitored) {
        String id = report.id();
        return new Listener(
                report,
                view(id, "fleet"),
                elsewhere == null ? List.of() : elsewhere.join(),
                letters.of(id, deadLettered.of(id) + operations.get()),
                monitored ? view(id, "consistency") : null);
    }

    private Object view(String listener, String view) {
        return endpoint.view(listener, view, null, null, null, null, null, null, null);
    }

    @Override
    public Object view(Parameters parameters) {
        return answer(() -> {
            String listener = parameters.require("listener");
            String view = parameters.get("view");
            String entry = parameters.get("entry");
            if (view == null) {
                return endpoint.listener(listener);
            }
            if (entry != null) {
                return endpoint.viewOfOne(listener, view, entry, parameters.get("cursor"));
            }
            return endpoint.view(
                    listener,
                    view,
                    parameters.get("id"),
                    parameters.get("reason"),
                    parameters.get("since"),
                    parameters.get("until"),
                    parameters.get("cursor"),
                    parameters.get("limit"),
                    parameters.get("handled"));
        });
    }

    @Override
    public Object operate(String user, Parameters parameters) {
        var selection = new LetterRequest(
                parameters.get("letters"),
                parameters.get("reason"),
                parameters.get("id"),
                parameters.get("since"),
                parameters.get("until"),
                parameters.get("cursor"),
                null,
                parameters.get("handled"));
        Object answer = answer(() ->
                endpoint.execute(user, parameters.require("listener"), parameters.require("operation"), selection));
        operations.incrementAndGet();
        return answer;
    }

    private static Object answer(Supplier<Object> request) {
        try {
            return request.get();
        } catch (ListenerOperationException refused) {
            int status = switch (refused.reason()) {
                case UNKNOWN -> RefusedException.UNKNOWN;
                case INVALID -> RefusedException.INVALID;
                case UNAVAILABLE, ELSEWHERE -> RefusedException.UNAVAILABLE;
            };
            throw new RefusedException(status, String.valueOf(refused.getMessage()));
        }
    }
}

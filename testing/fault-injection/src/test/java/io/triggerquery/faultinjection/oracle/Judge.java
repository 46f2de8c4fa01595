package io.triggerquery.faultinjection.oracle;

import io.triggerquery.faultinjection.oracle.Loss.Why;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Finds versions that the consumer has not seen, and the reasons that the strategy admits. */
final class Judge {

    private final Window admitted;
    private final History history;
    private final Map<String, List<Doing>> byId = new HashMap<>();
    private final Map<String, Long> reportedAt;

    /**
     * Creates a judge of one run.
     *
     * @param reportedAt the time when an id was last reported as undelivered
     */
    Judge(Window admitted, History history, List<Doing> doings, Map<String, Long> reportedAt) {
        this.admitted = admitted;
        this.history = history;
        this.reportedAt = reportedAt;
        doings.forEach(doing -> doing.begun().ids().stream()
                .distinct()
                .forEach(
                        id -> byId.computeIfAbsent(id, key -> new ArrayList<>()).add(doing)));
    }

    /** Compares the versions of each id. */
    List<Loss> losses(Map<String, Long> source, Map<String, Long> copy) {
        List<Loss> losses = new ArrayList<>();
        source.forEach((id, version) -> {
            long copied = copy.getOrDefault(id, 0L);
            if (copied < version) {
                losses.add(new Loss(id, copied, version, why(id, copied, version)));
            }
        });
        return losses;
    }

    /**
     * Returns the reason of a loss. A trigger after any of the missing commits would have been enough, so each needs a
     * reason.
     */
    private Why why(String id, long copied, long version) {
        return LongStream.rangeClosed(copied + 1, version)
                .mapToObj(missing -> why(id, missing))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private Why why(String id, long version) {
        List<Doing> all = byId.getOrDefault(id, List.of());
        List<Doing> makers =
                all.stream().filter(doing -> doing.made(id, version)).toList();
        if (makers.isEmpty()) {
            // a change outside a transaction is committed before its child can report it
            return all.stream().anyMatch(doing -> doing.changed() == null && doing.isNotAccepted())
                    ? Why.NOT_ACCEPTED
                    : Why.UNEXPLAINED;
        }
        return makers.stream()
                .map(doing -> why(id, doing))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private Why why(String id, Doing doing) {
        if (doing.isNotAccepted()) {
            return Why.NOT_ACCEPTED;
        }
        if (reportedAt.getOrDefault(id, 0L) >= doing.begun().atMillis()) {
            return Why.REPORTED;
        }
        return admitted.admits(doing, history) ? Why.ADMITTED : Why.UNEXPLAINED;
    }
}

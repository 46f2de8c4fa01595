package io.triggerquery.faultinjection.oracle;

import io.triggerquery.faultinjection.oracle.Loss.Reason;
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
    private final Map<String, List<TransactionRecord>> byId = new HashMap<>();
    private final Map<String, Long> reportedAt;

    /**
     * Creates a judge of one run.
     *
     * @param reportedAt the time when an id was last reported as undelivered
     */
    Judge(Window admitted, History history, List<TransactionRecord> transactions, Map<String, Long> reportedAt) {
        this.admitted = admitted;
        this.history = history;
        this.reportedAt = reportedAt;
        transactions.forEach(transaction -> transaction.begun().ids().stream()
                .distinct()
                .forEach(
                        id -> byId.computeIfAbsent(id, key -> new ArrayList<>()).add(transaction)));
    }

    /** Compares the versions of each id. */
    List<Loss> losses(Map<String, Long> source, Map<String, Long> copy) {
        List<Loss> losses = new ArrayList<>();
        source.forEach((id, version) -> {
            long copied = copy.getOrDefault(id, 0L);
            if (copied < version) {
                losses.add(new Loss(id, copied, version, reason(id, copied, version)));
            }
        });
        return losses;
    }

    /**
     * Returns the reason of a loss. A trigger after any of the missing commits would have been enough, so each needs a
     * reason.
     */
    private Reason reason(String id, long copied, long version) {
        return LongStream.rangeClosed(copied + 1, version)
                .mapToObj(missing -> reason(id, missing))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private Reason reason(String id, long version) {
        List<TransactionRecord> all = byId.getOrDefault(id, List.of());
        List<TransactionRecord> makers = all.stream()
                .filter(transaction -> transaction.made(id, version))
                .toList();
        if (makers.isEmpty()) {
            // a change outside a transaction is committed before its child can report it
            return all.stream().anyMatch(transaction -> transaction.changed() == null && transaction.isNotAccepted())
                    ? Reason.NOT_ACCEPTED
                    : Reason.UNEXPLAINED;
        }
        return makers.stream()
                .map(transaction -> reason(id, transaction))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private Reason reason(String id, TransactionRecord transaction) {
        if (transaction.isNotAccepted()) {
            return Reason.NOT_ACCEPTED;
        }
        if (reportedAt.getOrDefault(id, 0L) >= transaction.begun().atMillis()) {
            return Reason.REPORTED;
        }
        return admitted.admits(transaction, history) ? Reason.ADMITTED : Reason.UNEXPLAINED;
    }
}

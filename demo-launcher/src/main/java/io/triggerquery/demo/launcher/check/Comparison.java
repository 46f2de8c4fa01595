package io.triggerquery.demo.launcher.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares payment's projections with billing's own answers, for all payments. */
final class Comparison {

    /**
     * A payment with a wrong state.
     *
     * @param lost whether one side does not know the payment, because a trigger or the payment itself was lost
     */
    record Finding(String id, boolean lost, String problem) {

        static Finding differing(String id, Billed projected, Billed actual) {
            return new Finding(id, false, "payment shows %s; billing answers %s".formatted(projected, actual));
        }

        static Finding notBilled(String id) {
            return new Finding(id, false, "created by this run, and not billed");
        }

        static Finding unknownToBilling(String id) {
            return new Finding(id, true, "unknown to billing");
        }

        static Finding notProjected(String id, Billed actual) {
            return new Finding(id, true, "payment has no projection; billing answers " + actual);
        }

        static Finding vanished(String id) {
            return new Finding(id, true, "payment has lost it");
        }

        @Override
        public String toString() {
            return id + ": " + problem;
        }
    }

    /**
     * The result of a comparison.
     *
     * @param payments the number of compared payments
     * @param billed the number of those that are billed in both services
     */
    record Result(int payments, int billed, List<Finding> findings) {

        boolean isClean() {
            return findings.isEmpty();
        }

        long differing() {
            return findings.size() - lost();
        }

        long lost() {
            return findings.stream().filter(Finding::lost).count();
        }
    }

    private Comparison() {}

    /** Compares once. The payments in {@code mustBeBilled} must also be billed. */
    static Result run(Services services, Set<String> mustBeBilled) throws IOException {
        Map<String, Optional<Billed>> projections = services.payments();
        Map<String, Billed> billings = services.billings(projections.keySet());
        List<Finding> findings = new ArrayList<>();
        int billed = 0;
        for (Map.Entry<String, Optional<Billed>> entry : projections.entrySet()) {
            String id = entry.getKey();
            Optional<Billed> projected = entry.getValue();
            Optional<Billed> actual = Optional.ofNullable(billings.get(id));
            if (actual.isEmpty()) {
                findings.add(Finding.unknownToBilling(id));
            } else if (projected.isEmpty()) {
                findings.add(Finding.notProjected(id, actual.get()));
            } else if (!projected.equals(actual)) {
                findings.add(Finding.differing(id, projected.get(), actual.get()));
            } else if (actual.get().billed()) {
                billed++;
            } else if (mustBeBilled.contains(id)) {
                findings.add(Finding.notBilled(id));
            }
        }
        mustBeBilled.stream()
                .filter(id -> !projections.containsKey(id))
                .map(Finding::vanished)
                .forEach(findings::add);
        return new Result(projections.size(), billed, List.copyOf(findings));
    }
}

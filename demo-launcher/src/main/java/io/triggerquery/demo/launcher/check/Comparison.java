package io.triggerquery.demo.launcher.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares what payment has projected with what billing itself says, for every payment there is. */
final class Comparison {

    /** One payment that is not as it should be. */
    sealed interface Finding {
        String id();

        /** Both answer, and they do not agree. */
        record Differing(String id, Billed projected, Billed actual) implements Finding {
            @Override
            public String toString() {
                return "%s: payment says %s; billing says %s".formatted(id, projected, actual);
            }
        }

        /** A trigger got lost on its way to billing. */
        record UnknownToBilling(String id) implements Finding {
            @Override
            public String toString() {
                return id + ": billing does not know it";
            }
        }

        /** A trigger got lost on its way back to payment. */
        record NotProjected(String id, Billed actual) implements Finding {
            @Override
            public String toString() {
                return "%s: payment has no projection; billing says %s".formatted(id, actual);
            }
        }

        /** It was made by this run, and payment itself no longer has it. */
        record Vanished(String id) implements Finding {
            @Override
            public String toString() {
                return id + ": payment has lost it";
            }
        }

        /** Both agree, but this run has billed it, or should have. */
        record NotBilled(String id) implements Finding {
            @Override
            public String toString() {
                return id + ": made by this run, and not billed";
            }
        }
    }

    /** @param payments how many were compared; @param billed how many of them both services call billed */
    record Result(int payments, int billed, List<Finding> findings) {

        boolean isClean() {
            return findings.isEmpty();
        }

        long differing() {
            return findings.size() - lost();
        }

        long lost() {
            return findings.stream()
                    .filter(finding -> finding instanceof Finding.UnknownToBilling
                            || finding instanceof Finding.NotProjected
                            || finding instanceof Finding.Vanished)
                    .count();
        }
    }

    private final PaymentApi payment;
    private final BillingApi billing;

    Comparison(PaymentApi payment, BillingApi billing) {
        this.payment = payment;
        this.billing = billing;
    }

    /** Compares once. {@code mustBeBilled} are those that have to be billed on top of being equal. */
    Result run(Set<String> mustBeBilled) throws IOException {
        Map<String, Optional<Billed>> projections = payment.all();
        Map<String, Billed> actual = billing.billings(projections.keySet());
        List<Finding> findings = new ArrayList<>();
        int billed = 0;
        for (Map.Entry<String, Optional<Billed>> entry : projections.entrySet()) {
            String id = entry.getKey();
            Optional<Finding> finding =
                    compare(id, entry.getValue(), Optional.ofNullable(actual.get(id)), mustBeBilled.contains(id));
            finding.ifPresent(findings::add);
            if (finding.isEmpty() && entry.getValue().filter(Billed::billed).isPresent()) {
                billed++;
            }
        }
        mustBeBilled.stream()
                .filter(id -> !projections.containsKey(id))
                .map(Finding.Vanished::new)
                .forEach(findings::add);
        return new Result(projections.size(), billed, List.copyOf(findings));
    }

    private static Optional<Finding> compare(
            String id, Optional<Billed> projected, Optional<Billed> actual, boolean mustBeBilled) {
        if (actual.isEmpty()) {
            return Optional.of(new Finding.UnknownToBilling(id));
        }
        if (projected.isEmpty()) {
            return Optional.of(new Finding.NotProjected(id, actual.get()));
        }
        if (!projected.equals(actual)) {
            return Optional.of(new Finding.Differing(id, projected.get(), actual.get()));
        }
        if (mustBeBilled && !actual.get().billed()) {
            return Optional.of(new Finding.NotBilled(id));
        }
        return Optional.empty();
    }
}

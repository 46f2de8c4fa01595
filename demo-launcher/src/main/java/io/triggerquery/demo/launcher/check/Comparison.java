package io.triggerquery.demo.launcher.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares payment's projections with billing's own answers, for all payments. */
final class Comparison {

    /** A payment with a wrong state. */
    sealed interface Finding {
        String id();

        /** The answers of both services differ. */
        record Differing(String id, Billed projected, Billed actual) implements Finding {
            @Override
            public String toString() {
                return "%s: payment shows %s; billing answers %s".formatted(id, projected, actual);
            }
        }

        /** A trigger from payment to billing was lost. */
        record UnknownToBilling(String id) implements Finding {
            @Override
            public String toString() {
                return id + ": unknown to billing";
            }
        }

        /** A trigger from billing to payment was lost. */
        record NotProjected(String id, Billed actual) implements Finding {
            @Override
            public String toString() {
                return "%s: payment has no projection; billing answers %s".formatted(id, actual);
            }
        }

        /** Payment has lost a payment of this run. */
        record Vanished(String id) implements Finding {
            @Override
            public String toString() {
                return id + ": payment has lost it";
            }
        }

        /** Both services agree, but the payment of this run is not billed. */
        record NotBilled(String id) implements Finding {
            @Override
            public String toString() {
                return id + ": created by this run, and not billed";
            }
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

    /** Compares once. The payments in {@code mustBeBilled} must also be billed. */
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

package io.triggerquery.demo.payment;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Creates sample payments. */
@Component
final class Samples {

    /** The number of payments to create. */
    record Order(@NotNull @Min(1) @Max(10_000) Integer count) {}

    private static final int BATCH = 500;

    private static final List<String> PAYERS = List.of(
            "Ada Lovelace",
            "Grace Hopper",
            "Alan Turing",
            "Barbara Liskov",
            "Edsger Dijkstra",
            "Frances Allen",
            "Leslie Lamport",
            "Radia Perlman",
            "Émilie du Châtelet",
            "Ω & Söhne GmbH");
    private static final List<String> CURRENCIES = List.of("EUR", "USD", "CNY");

    private final Payments payments;

    Samples(Payments payments) {
        this.payments = payments;
    }

    /** Creates the payments in batches with a transaction each, so that no transaction is open for long. */
    int create(Order order) {
        for (int left = order.count(); left > 0; left -= BATCH) {
            payments.create(
                    Stream.generate(Samples::any).limit(Math.min(left, BATCH)).toList());
        }
        return order.count();
    }

    private static NewPayment any() {
        BigDecimal amount = BigDecimal.valueOf(ThreadLocalRandom.current().nextLong(100, 100_000), 2);
        return new NewPayment(oneOf(PAYERS), amount, oneOf(CURRENCIES));
    }

    private static String oneOf(List<String> values) {
        return values.get(ThreadLocalRandom.current().nextInt(values.size()));
    }
}

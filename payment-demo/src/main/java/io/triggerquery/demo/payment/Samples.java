package io.triggerquery.demo.payment;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Makes payments for demonstration. */
@Component
final class Samples {

    /** How many to make. */
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

    /** Each batch is a transaction of its own, so that ten thousand do not hold one open for long. */
    int make(Order order) {
        for (int left = order.count(); left > 0; left -= BATCH) {
            payments.make(
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

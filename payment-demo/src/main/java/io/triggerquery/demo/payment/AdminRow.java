package io.triggerquery.demo.payment;

import io.triggerquery.demo.support.Ages;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A row of the admin page: a payment with its times in readable form.
 *
 * @param pending whether a trigger has been received whose state is not projected yet
 */
record AdminRow(
        PaymentRow payment,
        String created,
        @Nullable String billed,
        @Nullable String asOf,
        boolean pending) {

    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    static AdminRow of(PaymentRow payment, Instant now, boolean pending) {
        Instant billedAt = payment.billedAt();
        Instant appliedAt = payment.appliedAt();
        return new AdminRow(
                payment,
                MINUTES.format(payment.createdAt()),
                billedAt == null ? null : MINUTES.format(billedAt),
                appliedAt == null ? null : age(Duration.between(appliedAt, now)),
                pending);
    }

    private static String age(Duration age) {
        return age.toSeconds() < 1 ? "just now" : Ages.of(age) + " ago";
    }
}

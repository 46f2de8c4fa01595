package io.triggerquery.demo.payment;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;

/**
 * Which payments to show. Filters combine; one that is left out or empty lets all pass.
 *
 * @param billed only billed ones, or only those not billed
 * @param payer a part of the payer's name, upper or lower case
 * @param from the first day, in UTC
 * @param to the last day, in UTC
 * @param page counted from 0, the default
 * @param size rows to a page, 1 to 500, by default 50
 */
record PaymentQuery(
        @Nullable Boolean billed,

        @Size(max = 200) @Pattern(regexp = PRINTABLE, message = NOT_PRINTABLE)
        String payer,

        @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate from,
        @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate to,
        @Min(0) Integer page,
        @Min(1) @Max(500) Integer size) {

    // PostgreSQL stores no NUL and no half of a surrogate pair in a text.
    static final String PRINTABLE = "[^\\p{Cntrl}\\p{Cs}]*";
    static final String NOT_PRINTABLE = "must be printable characters";

    // a request may leave anything out
    PaymentQuery {
        payer = payer == null ? "" : payer.strip();
        page = page == null ? Integer.valueOf(0) : page;
        size = size == null ? Integer.valueOf(50) : size;
    }

    static PaymentQuery everything() {
        return new PaymentQuery(null, "", null, null, 0, 50);
    }

    PaymentQuery atPage(int other) {
        return new PaymentQuery(billed, payer, from, to, other, size);
    }

    long offset() {
        return (long) page * size;
    }
}

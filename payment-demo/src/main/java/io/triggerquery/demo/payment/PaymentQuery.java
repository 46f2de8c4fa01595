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
 * The filters of a search, which are combined. A missing or empty filter matches all payments.
 *
 * @param billed true for billed payments only, false for unbilled ones only
 * @param payer a part of the payer's name, in upper or lower case
 * @param from the first day, in UTC
 * @param to the last day, in UTC
 * @param page the number of the page, from 0, the default
 * @param size the number of rows of a page, 1 to 500, by default 50
 */
record PaymentQuery(
        @Nullable Boolean billed,

        @Size(max = 200) @Pattern(regexp = PRINTABLE, message = NOT_PRINTABLE)
        String payer,

        @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate from,
        @DateTimeFormat(iso = ISO.DATE) @Nullable LocalDate to,
        @Min(0) Integer page,
        @Min(1) @Max(500) Integer size) {

    // PostgreSQL stores no NUL and no unpaired surrogate in a text
    static final String PRINTABLE = "[^\\p{Cntrl}\\p{Cs}]*";
    static final String NOT_PRINTABLE = "must be printable characters";

    // a request may omit every parameter
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

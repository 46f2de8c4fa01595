package io.triggerquery.demo.billing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what the page shows. */
@Component
final class BillingSearch {

    /** The numbers of payments that this service knows. */
    record Counts(long known, long billed, long unbilled) {}

    /** A payment that is not billed. */
    record Unbilled(String paymentId, String payer, BigDecimal amount, String currency, long version) {}

    /** A bill and the number of its payments, which is zero once it is voided. */
    record Bill(
            String id,
            String month,
            Instant issuedAt,
            @Nullable Instant voidedAt,
            long payments) {}

    /** A page of a list. The template reads its public methods. */
    record Page<T>(List<T> content, int page, int size, long total) {

        public boolean hasNext() {
            return (page + 1L) * size < total;
        }
    }

    private static final String COUNTS = """
            select count(*) as known,
                   count(*) filter (where billed) as billed,
                   count(*) filter (where not billed) as unbilled
              from billing
            """;

    private static final String UNBILLED = """
            select payment_id, payer, amount, currency, version
              from billing
             where not billed
             order by payment_id desc limit :size offset :offset
            """;

    private static final String BILLS = """
            select id, month, issued_at, voided_at,
                   (select count(*) from billing where bill_id = bill.id and billed) as payments
              from bill
             order by issued_at desc, id limit :size offset :offset
            """;

    private static final int SIZE = 10;

    private final JdbcClient jdbc;

    BillingSearch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Counts counts() {
        return jdbc.sql(COUNTS).query(Counts.class).single();
    }

    Page<Unbilled> unbilled(int page) {
        return page(UNBILLED, Unbilled.class, page, counts().unbilled());
    }

    Page<Bill> bills(int page) {
        long total = jdbc.sql("select count(*) from bill").query(Long.class).single();
        return page(BILLS, Bill.class, page, total);
    }

    private <T> Page<T> page(String sql, Class<T> row, int page, long total) {
        List<T> content = jdbc.sql(sql)
                .param("size", SIZE)
                .param("offset", (long) page * SIZE)
                .query(row)
                .list();
        return new Page<>(content, page, SIZE, total);
    }
}

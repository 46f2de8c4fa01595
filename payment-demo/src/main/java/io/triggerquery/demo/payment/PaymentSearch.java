package io.triggerquery.demo.payment;

import java.sql.Types;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Searches payments by the projection of their billing. */
@Component
final class PaymentSearch {

    /** The total number of payments. */
    record Counts(long payments, long billed, long notBilled) {}

    // A payment without a projected billing is not billed.
    private static final String COUNTS = """
            select count(*) as payments,
                   count(*) filter (where b.billed) as billed,
                   count(*) filter (where b.billed is not true) as not_billed
            """;

    private static final String ROWS = """
            select p.id, p.payer, p.amount, p.currency, p.created_at, p.version,
                   coalesce(b.billed, false) as billed, b.bill_id, b.billed_at,
                   b.version as billing_version, b.applied_at
            """;

    private static final String FROM = " from payment p left join payment_billing b on b.payment_id = p.id ";

    private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

    private final JdbcClient jdbc;

    PaymentSearch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Counts counts() {
        return jdbc.sql(COUNTS + FROM).query(Counts.class).single();
    }

    PaymentPage page(PaymentQuery query) {
        String where = FROM + where(query);
        long total =
                filtered("select count(*)" + where, query).query(Long.class).single();
        List<PaymentRow> rows = filtered(
                        ROWS + where + " order by p.created_at desc, p.id desc limit :size offset :offset", query)
                .param("size", query.size())
                .param("offset", query.offset())
                .query(PaymentRow.class)
                .list();
        return new PaymentPage(rows, query.page(), query.size(), total);
    }

    /** Contains only the filters in use, so that the database can plan for them. */
    private static String where(PaymentQuery query) {
        List<String> terms = new ArrayList<>(List.of("true"));
        if (query.billed() != null) {
            terms.add(query.billed() ? "b.billed" : "b.billed is not true");
        }
        if (!query.payer().isEmpty()) {
            terms.add("position(lower(:payer) in lower(p.payer)) > 0");
        }
        if (query.from() != null) {
            terms.add("p.created_at >= :from");
        }
        if (query.to() != null) {
            terms.add("p.created_at < :until");
        }
        return "where " + String.join(" and ", terms);
    }

    private JdbcClient.StatementSpec filtered(String sql, PaymentQuery query) {
        return jdbc.sql(sql)
                .param("payer", query.payer())
                .param("from", start(query.from(), 0), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("until", start(query.to(), 1), Types.TIMESTAMP_WITH_TIMEZONE);
    }

    /** Returns the start of a day in UTC, limited to the range of the database. */
    private static @Nullable OffsetDateTime start(@Nullable LocalDate day, int daysLater) {
        if (day == null) {
            return null;
        }
        LocalDate known = day.isBefore(FIRST_DAY) ? FIRST_DAY : day.isAfter(LAST_DAY) ? LAST_DAY : day;
        return known.plusDays(daysLater).atStartOfDay().atOffset(ZoneOffset.UTC);
    }
}

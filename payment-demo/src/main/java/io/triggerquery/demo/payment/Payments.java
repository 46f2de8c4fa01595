package io.triggerquery.demo.payment;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Creates and finds payments. */
@Component
final class Payments {

    private static final String INSERT = """
            insert into payment (id, payer, amount, currency, created_at, version)
            select id, payer, amount, currency, now(), 1
              from unnest(:ids, :payers, :amounts, :currencies) as made (id, payer, amount, currency)
            returning id, payer, amount, currency, created_at, version
            """;

    private static final String FIND = """
            select id, payer, amount, currency, created_at, version
              from payment
             where id = :id
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final PaymentChanged paymentChanged;

    Payments(JdbcClient jdbc, TransactionTemplate transaction, PaymentChanged paymentChanged) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.paymentChanged = paymentChanged;
    }

    Payment create(NewPayment payment) {
        return create(List.of(payment)).get(0);
    }

    /** Creates all payments and publishes a trigger for each, in one transaction. */
    List<Payment> create(List<NewPayment> payments) {
        return transaction.execute(status -> {
            List<Payment> created = insert(payments);
            created.forEach(payment -> paymentChanged.publish(payment.id()));
            return created;
        });
    }

    Optional<Payment> find(String id) {
        return jdbc.sql(FIND).param("id", id).query(Payment.class).optional();
    }

    private List<Payment> insert(List<NewPayment> payments) {
        return jdbc.sql(INSERT)
                .param("ids", column(payments, payment -> PaymentId.next()))
                .param("payers", column(payments, NewPayment::payer))
                .param("amounts", payments.stream().map(NewPayment::amount).toArray(BigDecimal[]::new))
                .param(
                        "currencies",
                        column(payments, payment -> payment.currency().toUpperCase(Locale.ROOT)))
                .query(Payment.class)
                .list();
    }

    private static String[] column(List<NewPayment> payments, Function<NewPayment, String> value) {
        return payments.stream().map(value).toArray(String[]::new);
    }
}

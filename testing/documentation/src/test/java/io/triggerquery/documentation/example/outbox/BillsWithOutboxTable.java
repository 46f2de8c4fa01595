package io.triggerquery.documentation.example.outbox;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

class BillsWithOutboxTable {

    private final Payments payments;
    private final JdbcClient jdbc;

    BillsWithOutboxTable(Payments payments, JdbcClient jdbc) {
        this.payments = payments;
        this.jdbc = jdbc;
    }

    @Transactional
    void bill(Payment payment) {
        payments.update(payment);
        jdbc.sql(
                        "insert into outbox (id, aggregatetype, aggregateid, type, payload) values (?, 'payment', ?, 'changed', ?)")
                .params(UUID.randomUUID(), payment.id(), payment.toJson())
                .update();
    }
}

package com.example.billing;

import io.triggerquery.producer.TriggerPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

@Component
class Bills {

    private final JdbcClient jdbc;
    private final TriggerPublisher triggers;

    Bills(JdbcClient jdbc, TriggerPublisher triggers) {
        this.jdbc = jdbc;
        this.triggers = triggers;
    }

    @Transactional
    void bill(String paymentId) {
        jdbc.sql("insert into bill (payment_id) values (?)").param(paymentId).update();
        triggers.publish("billing-changed", paymentId);
    }
}

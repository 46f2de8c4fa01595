package io.triggerquery.documentation.example.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.documentation.example.Database;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** A service in the middle of its migration, with both outboxes in its database; there is no broker. */
@SpringBootTest(
        properties = {
            "spring.application.name=bills",
            "spring.kafka.bootstrap-servers=127.0.0.1:1",
            "triggerquery.producer.strategy=outbox",
            "triggerquery.producer.destinations.payment-changed.topic=payment.payment-changed"
        })
class OutboxMigrationIT {

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import({Bills.class, BillsWithOutboxTable.class, Payments.class})
    static class Application {

        @Bean
        DataSource database() {
            return Database.dataSource();
        }
    }

    @Autowired
    Bills bills;

    @Autowired
    BillsWithOutboxTable billsWithOutboxTable;

    @Autowired
    TransactionOperations transaction;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void empty() {
        jdbc.sql("create table if not exists outbox (id uuid primary key, aggregatetype text, aggregateid text,"
                        + " type text, payload text)")
                .update();
        jdbc.sql("truncate payment, trigger_outbox, outbox").update();
    }

    @Test
    void eachChangeIsInTheOutboxOfItsCode() {
        billsWithOutboxTable.bill(new Payment("old", 1));
        bills.bill(new Payment("new", 1));

        assertThat(jdbc.sql("select aggregateid from outbox")
                        .query(String.class)
                        .list())
                .containsExactly("old");
        assertThat(jdbc.sql("select trigger_id from trigger_outbox")
                        .query(String.class)
                        .list())
                .containsExactly("new");
    }

    @Test
    void rolledBackChangeIsInNeitherOutbox() {
        transaction.executeWithoutResult(status -> {
            billsWithOutboxTable.bill(new Payment("old", 1));
            bills.bill(new Payment("new", 1));
            status.setRollbackOnly();
        });

        assertThat(count("outbox")).isZero();
        assertThat(count("trigger_outbox")).isZero();
        assertThat(count("payment")).isZero();
    }

    private long count(String rows) {
        return jdbc.sql("select count(*) from " + rows).query(Long.class).single();
    }
}

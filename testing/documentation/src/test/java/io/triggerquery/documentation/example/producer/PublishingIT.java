package io.triggerquery.documentation.example.producer;

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

/** What the examples publish is in the outbox, since there is no broker. */
@SpringBootTest(
        properties = {
            "spring.application.name=bills",
            "spring.kafka.bootstrap-servers=127.0.0.1:1",
            "triggerquery.producer.strategy=outbox",
            "triggerquery.producer.destinations.payment-changed.topic=payment.payment-changed"
        })
class PublishingIT {

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import({Bills.class, AnnotatedBills.class, Payments.class})
    static class Application {

        @Bean
        DataSource database() {
            return Database.dataSource();
        }
    }

    @Autowired
    Bills bills;

    @Autowired
    AnnotatedBills annotated;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void empty() {
        jdbc.sql("truncate payment, trigger_outbox").update();
    }

    @Test
    void publish() {
        bills.bill(new Payment("pay-1", 7));

        assertThat(published("version = 7")).isEqualTo(1);
    }

    @Test
    void annotation() {
        annotated.bill(new Payment("pay-1", 7));

        assertThat(published("version is null")).isEqualTo(1);
    }

    private int published(String condition) {
        return jdbc.sql("""
                        select count(*) from trigger_outbox o join payment p on p.id = o.trigger_id
                        where destination = 'payment-changed' and o.
                        """.strip() + condition).query(Integer.class).single();
    }
}

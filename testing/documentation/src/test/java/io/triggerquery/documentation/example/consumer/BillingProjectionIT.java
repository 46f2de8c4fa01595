package io.triggerquery.documentation.example.consumer;

import io.triggerquery.consumer.test.TriggerQueryKit;
import io.triggerquery.consumer.test.autoconfigure.AutoConfigureTriggerQueryKit;
import io.triggerquery.consumer.test.faults.Faults;
import io.triggerquery.consumer.test.guarantees.GuaranteeSuite;
import io.triggerquery.consumer.test.guarantees.ListenerUnderTest;
import io.triggerquery.documentation.example.Database;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(
        properties = {"spring.kafka.consumer.group-id=payment", "triggerquery.sources.billing.url=http://127.0.0.1:1"})
@SpringBootTest
@AutoConfigureTriggerQueryKit
class BillingProjectionIT {
    @Autowired
    TriggerQueryKit kit;

    @Autowired
    Faults faults;

    @Autowired
    JdbcClient jdbc;

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(BillingProjection.class)
    static class Application {

        @Bean
        DataSource database() {
            return Database.dataSource();
        }
    }

    @TestFactory
    Stream<DynamicTest> guarantees() {
        var billings = ListenerUnderTest.of(
                        (id, version) -> new Billing(id, version % 2 == 0, "bill-" + version, version),
                        id -> version(id))
                .seeing(id -> row(id));
        return GuaranteeSuite.of(kit, billings).withFaults(faults).tests();
    }

    private OptionalLong version(String id) {
        return row(id).stream()
                .filter(row -> row.get("billed") != null)
                .mapToLong(row -> (Long) row.get("version"))
                .findFirst();
    }

    private List<Map<String, Object>> row(String id) {
        return jdbc.sql("select * from billing where payment_id = ?")
                .param(id)
                .query()
                .listOfRows();
    }
}

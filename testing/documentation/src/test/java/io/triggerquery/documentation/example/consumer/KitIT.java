package io.triggerquery.documentation.example.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.test.TriggerQueryKit;
import io.triggerquery.documentation.example.Database;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class KitIT {

    private final JdbcClient jdbc = JdbcClient.create(Database.dataSource());
    private final Billing billed = new Billing("p1", true, "bill-1", 1);

    TriggerQueryKit kit = TriggerQueryKit.of(new BillingProjection(jdbc));

    @Test
    void recoversFromAnOutage() {
        kit.source().answers("p1", billed);
        kit.source().next(3).fails("p1", 503);
        kit.trigger("p1");
        kit.advance(Duration.ofSeconds(1));
        assertThat(kit).hasNotSettled("p1");
        kit.awaitSettled();
        assertThat(kit).hasSettled("p1").hasQueried("p1", 4);
    }
}

package io.triggerquery.documentation.settings;

import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.documentation.example.Database;
import javax.sql.DataSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** An application with a listener and a publisher. In a package of its own: it would find records of other examples. */
@SpringBootConfiguration
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
@Import(ListeningApplication.Listener.class)
public class ListeningApplication {

    record Billing(String id) {}

    @Source("billing")
    interface BillingSource {

        @RequestLine("GET /api/billings/{id}")
        Billing byId(@Param("id") String id);
    }

    static final class Listener {

        @TriggerQueryListener(topics = "billing.billing-changed", source = BillingSource.class)
        void project(Billing billing) {}
    }

    @Bean(destroyMethod = "") // the other tests use it too
    DataSource database() {
        return Database.dataSource();
    }
}

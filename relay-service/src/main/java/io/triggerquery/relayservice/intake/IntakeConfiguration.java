package io.triggerquery.relayservice.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.triggerquery.producer.outbox.PostgresTriggerTable;
import io.triggerquery.producer.outbox.RegistrationListener;
import io.triggerquery.producer.outbox.TriggerIntake;
import io.triggerquery.producer.sending.Application;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The table that the calls fill and the relay empties. */
@Configuration(proxyBeanMethods = false)
final class IntakeConfiguration {

    /** Stops a start without a database before anything else would, for another reason. */
    @Bean
    static BeanFactoryPostProcessor databaseIsSet(Environment environment) {
        return beans -> {
            if (environment.getProperty("spring.datasource.url", "").isBlank()) {
                throw new IllegalStateException("DATABASE_URL is not set: name a PostgreSQL database,"
                        + " such as jdbc:postgresql://127.0.0.1:5432/relay.");
            }
        };
    }

    @Bean
    RegistrationListener registrationMeters(MeterRegistry registry) {
        return new RegistrationMeters(registry);
    }

    @Bean
    TriggerIntake triggerIntake(DataSource dataSource, Application application, RegistrationListener listener) {
        return new TriggerIntake(dataSource, application, listener);
    }

    // instead of the producer's own, which tells nobody of registrations
    @Bean
    PostgresTriggerTable registrationTable(
            DataSource dataSource, Application application, RegistrationListener listener) {
        return new PostgresTriggerTable(dataSource, application, listener);
    }
}

package io.triggerquery.relayservice.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.triggerquery.producer.internal.outbox.PostgresTriggerTable;
import io.triggerquery.producer.internal.outbox.RegistrationListener;
import io.triggerquery.producer.internal.outbox.TriggerIntake;
import io.triggerquery.producer.internal.sending.Application;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Provides the table, which calls write to and the relay loop sends from. */
@Configuration(proxyBeanMethods = false)
final class IntakeConfiguration {

    @Bean
    RegistrationListener registrationMeters(MeterRegistry registry) {
        return new RegistrationMeters(registry);
    }

    @Bean
    TriggerIntake triggerIntake(DataSource dataSource, Application application, RegistrationListener listener) {
        return new TriggerIntake(dataSource, application, listener);
    }

    // replaces the producer's default, which has no listener of registrations
    @Bean
    PostgresTriggerTable registrationTable(
            DataSource dataSource, Application application, RegistrationListener listener) {
        return new PostgresTriggerTable(dataSource, application, listener);
    }
}

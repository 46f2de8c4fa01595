package io.triggerquery.relayservice.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.triggerquery.producer.internal.outbox.RegistrationListener;
import io.triggerquery.producer.internal.outbox.TriggerIntake;
import io.triggerquery.producer.internal.outbox.TriggerTable;
import io.triggerquery.producer.internal.sending.Application;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Provides the table, which calls write to and the relay loop sends from. */
@Configuration(proxyBeanMethods = false)
final class IntakeConfiguration {

    /** Stops a start without a database that can be used, before anything else would, for another reason. */
    @Bean
    static BeanFactoryPostProcessor databaseIsSet(Environment environment) {
        return beans -> DatabaseSettings.check(environment.getProperty(DatabaseSettings.URL, ""));
    }

    @Bean
    ApplicationRunner durabilityOfTheDatabase(DataSource dataSource) {
        return arguments -> new Durability(dataSource).check();
    }

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
    TriggerTable registrationTable(DataSource dataSource, Application application, RegistrationListener listener) {
        return new TriggerTable(dataSource, application, listener);
    }
}

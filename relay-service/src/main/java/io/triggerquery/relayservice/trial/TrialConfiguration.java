package io.triggerquery.relayservice.trial;

import java.io.IOException;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives the service a database if it was given none. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "spring.datasource.url", havingValue = "trial")
final class TrialConfiguration {

    @Bean
    TrialDatabase trialDatabase(@Value("${triggerquery.relay-service.trial-directory:relay-data}") Path directory)
            throws IOException {
        return TrialDatabase.in(directory);
    }
}

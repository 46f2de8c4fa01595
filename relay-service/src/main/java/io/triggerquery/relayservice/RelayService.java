package io.triggerquery.relayservice;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the relay service. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@EnableScheduling
public final class RelayService {

    private RelayService() {}

    public static void main(String[] args) {
        SpringApplication.run(RelayService.class, args);
    }
}

package io.triggerquery.demo.billing;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the billing service. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableScheduling
public class BillingDemo {

    public static void main(String[] args) {
        SpringApplication.run(BillingDemo.class, args);
    }
}

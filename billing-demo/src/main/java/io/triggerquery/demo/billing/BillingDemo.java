package io.triggerquery.demo.billing;

import io.triggerquery.demo.support.DemoSupport;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** Starts the billing service. */
@SpringBootApplication(proxyBeanMethods = false)
@Import(DemoSupport.class)
public class BillingDemo {

    public static void main(String[] args) {
        SpringApplication.run(BillingDemo.class, args);
    }
}

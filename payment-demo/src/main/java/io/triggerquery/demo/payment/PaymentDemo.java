package io.triggerquery.demo.payment;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the payment service. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableScheduling
public class PaymentDemo {

    public static void main(String[] args) {
        SpringApplication.run(PaymentDemo.class, args);
    }
}

package io.triggerquery.demo.payment;

import io.triggerquery.demo.support.DemoSupport;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** Starts the payment service. */
@SpringBootApplication(proxyBeanMethods = false)
@Import(DemoSupport.class)
public class PaymentDemo {

    public static void main(String[] args) {
        SpringApplication.run(PaymentDemo.class, args);
    }
}

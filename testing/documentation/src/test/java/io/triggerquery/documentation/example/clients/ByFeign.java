package io.triggerquery.documentation.example.clients;

import feign.Param;
import feign.RequestInterceptor;
import feign.RequestLine;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.TriggerQueryListener;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The client is created from the interface. */
class ByFeign {

    @Source(value = "billing", version = "version")
    interface BillingSource {

        @RequestLine("GET /api/billings/{id}")
        Billing byId(@Param("id") String id);
    }

    private final LocalCopy copy;

    ByFeign(LocalCopy copy) {
        this.copy = copy;
    }

    @TriggerQueryListener(topics = "billing.billing-changed", source = BillingSource.class)
    void project(Billing billing) {
        copy.store(billing);
    }

    interface AccessTokens {
        String current();
    }

    @Configuration(proxyBeanMethods = false)
    static class Authorization {

        @Bean
        @Qualifier("billing")
        RequestInterceptor authorization(AccessTokens tokens) {
            return call -> call.header("Authorization", "Bearer " + tokens.current());
        }
    }
}

package io.triggerquery.documentation.example.clients;

import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.TriggerQueryListener;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.ImportHttpServices;

/** Spring creates the client. */
class ByHttpExchange {

    @Source("billing")
    interface BillingSource {

        @GetExchange("/api/billings/{id}")
        Billing byId(@PathVariable("id") String id);
    }

    @Configuration(proxyBeanMethods = false)
    @ImportHttpServices(group = "billing", types = BillingSource.class)
    static class BillingClient {

        @Bean
        RestClientHttpServiceGroupConfigurer billing(@Value("${billing.url}") String url) {
            var http = new JdkClientHttpRequestFactory();
            http.setReadTimeout(5_000);
            return groups ->
                    groups.forEachClient((group, client) -> client.baseUrl(url).requestFactory(http));
        }
    }

    private final LocalCopy copy;

    ByHttpExchange(LocalCopy copy) {
        this.copy = copy;
    }

    @TriggerQueryListener(topics = "billing.billing-changed", source = BillingSource.class)
    void project(Billing billing) {
        copy.store(billing);
    }
}

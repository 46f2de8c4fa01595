package com.example.payments;

import io.triggerquery.consumer.Source;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

@FeignClient(name = "billing", url = "${billing.url}")
@Source(value = "billing", version = "version")
interface BillingClient {

    @GetMapping("/api/billings/{id}")
    Billing byId(@PathVariable("id") String id);
}

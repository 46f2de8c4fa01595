package com.example.payments;

import io.triggerquery.consumer.Source;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

@Source(value = "billing", version = "version")
interface BillingSource {

    @GetExchange("/api/billings/{id}")
    Billing byId(@PathVariable("id") String id);
}

package io.triggerquery.demo.payment;

import jakarta.validation.Valid;
import java.net.URI;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Creates payments, answers the queries of the billing service, and searches. */
@RestController
@RequestMapping("/api/payments")
final class PaymentController {

    private final Payments payments;
    private final Samples samples;
    private final PaymentSearch search;

    PaymentController(Payments payments, Samples samples, PaymentSearch search) {
        this.payments = payments;
        this.samples = samples;
        this.search = search;
    }

    @PostMapping
    ResponseEntity<Payment> create(@Valid @RequestBody NewPayment payment) {
        Payment created = payments.create(payment);
        return ResponseEntity.created(URI.create("/api/payments/" + created.id()))
                .body(created);
    }

    @PostMapping("/sample")
    Map<String, Integer> makeSamples(@Valid @ModelAttribute Samples.Order order) {
        return Map.of("created", samples.create(order));
    }

    @GetMapping("/{id}")
    Payment one(@PathVariable String id) {
        return payments.find(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "unknown payment " + id));
    }

    @GetMapping
    PaymentPage search(@Valid @ModelAttribute PaymentQuery query) {
        return search.page(query);
    }
}

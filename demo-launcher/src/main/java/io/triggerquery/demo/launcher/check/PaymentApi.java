package io.triggerquery.demo.launcher.check;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Calls the payment service for the check. */
final class PaymentApi {

    private static final int PAGE_SIZE = 500;
    private static final int SAMPLES_PER_CALL = 1_000;
    private static final int ATTEMPTS = 5;

    private final JsonClient http;

    PaymentApi(URI base) {
        this.http = new JsonClient(base);
    }

    void createSamples(int count) throws IOException {
        for (int remaining = count; remaining > 0; remaining -= SAMPLES_PER_CALL) {
            http.post("/api/payments/sample?count=" + Math.min(remaining, SAMPLES_PER_CALL), "");
        }
    }

    /**
     * Returns every payment with its projected billing; empty without a projection.
     *
     * <p>Reads by pages. A payment that is created during the read may move another one to the next page; the total
     * shows this, and the list is read again.
     */
    Map<String, Optional<Billed>> all() throws IOException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Map<String, Optional<Billed>> payments = new LinkedHashMap<>();
            long total = readPages(payments);
            if (payments.size() == total) {
                return payments;
            }
        }
        throw new IOException("the list of payments changes while it is read: stop programs that create payments");
    }

    private long readPages(Map<String, Optional<Billed>> into) throws IOException {
        for (int page = 0; ; page++) {
            JsonNode answer = http.get("/api/payments?page=" + page + "&size=" + PAGE_SIZE);
            JsonNode content = answer.path("content");
            for (JsonNode payment : content) {
                into.put(payment.path("id").asString(), projection(payment));
            }
            long total = answer.path("total").asLong(-1);
            if (content.isEmpty() || into.size() >= total) {
                return total;
            }
        }
    }

    private static Optional<Billed> projection(JsonNode payment) {
        JsonNode version = payment.path("billingVersion");
        if (!version.isNumber() || version.asLong() == 0) {
            return Optional.empty();
        }
        return Optional.of(new Billed(
                payment.path("billed").asBoolean(false),
                payment.path("billId").asStringOpt().orElse(null),
                version.asLong()));
    }
}
